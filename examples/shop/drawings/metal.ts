/** What the pictures are made of: each material is a colour in the light, a colour of its gloss and how rough it is. */
export interface Material {
  readonly base: string
  readonly gloss: string
  /** High is polished, low is cast or painted. */
  readonly polish: number
  readonly shine: number
}

export const MATERIALS = {
  brass: { base: '#d9a441', gloss: '#fff2c4', polish: 26, shine: 1.05 },
  iron: { base: '#4a4d50', gloss: '#dfe8ee', polish: 14, shine: 0.55 },
  nickel: { base: '#c3c8c9', gloss: '#ffffff', polish: 30, shine: 0.9 },
  verdigris: { base: '#6fa898', gloss: '#e9fff6', polish: 10, shine: 0.45 },
  porcelain: { base: '#f7f3e8', gloss: '#ffffff', polish: 40, shine: 0.9 },
  enamel: { base: '#27508f', gloss: '#ffffff', polish: 36, shine: 0.65 },
  coral: { base: '#d3604a', gloss: '#ffffff', polish: 34, shine: 0.6 },
  oak: { base: '#b98a58', gloss: '#ffe9c8', polish: 8, shine: 0.25 },
  felt: { base: '#8a6a4f', gloss: '#ffe9c8', polish: 5, shine: 0.12 },
} as const satisfies Readonly<Record<string, Material>>

export type MaterialName = keyof typeof MATERIALS

/** A filter that lights a flat silhouette as if it were a body of that material, `depth` pixels round. */
export function lightFilter(id: string, material: Material, depth: number): string {
  const light = '<fePointLight x="170" y="60" z="520"/>'
  return `<filter id="${id}" x="-15%" y="-15%" width="130%" height="130%" color-interpolation-filters="sRGB">
    <feGaussianBlur in="SourceAlpha" stdDeviation="${depth * 0.28}" result="near"/>
    <feGaussianBlur in="SourceAlpha" stdDeviation="${depth}" result="far"/>
    <feComposite in="near" in2="far" operator="arithmetic" k2="0.45" k3="0.55" result="height"/>
    <feDiffuseLighting in="height" surfaceScale="${depth * 1.6}" diffuseConstant="1.12" lighting-color="${material.base}" result="lit">
      <feDistantLight azimuth="238" elevation="58"/></feDiffuseLighting>
    <feSpecularLighting in="height" surfaceScale="${depth * 1.5}" specularConstant="${material.shine}"
      specularExponent="${material.polish}" lighting-color="${material.gloss}" result="gloss">${light}</feSpecularLighting>
    <feComposite in="lit" in2="gloss" operator="arithmetic" k2="1" k3="0.85" result="body"/>
    <feComposite in="body" in2="SourceAlpha" operator="in" result="cut"/>
    <feDropShadow in="cut" dx="${depth * 0.9}" dy="${depth * 1.5}" stdDeviation="${depth * 1.05}" flood-color="#0b1413" flood-opacity="0.5"/>
  </filter>`
}
