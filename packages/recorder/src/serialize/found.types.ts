/** What a walk came upon that lives beyond the nodes themselves. */
export interface Found {
  readonly shadowRoots: ShadowRoot[]
  readonly frames: Element[]
  readonly fields: Element[]
}
