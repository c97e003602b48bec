const NAMESPACE = 'http://www.w3.org/2000/svg'

/** Where things sit on a door of 340 by 640, by product: left, top, size. */
const PLACES = {
  fox: [80, 236, 180],
  ring: [94, 240, 152],
  bee: [86, 232, 168],
  pebble: [222, 326, 128],
  comma: [196, 330, 140],
  missive: [92, 408, 156],
}

const FRAME = `<defs>
    <linearGradient id="glass" x2="1" y2="1"><stop stop-color="#dcebe6"/><stop offset=".5" stop-color="#93b9b5"/><stop offset=".52" stop-color="#b4d1cc"/><stop offset="1" stop-color="#6f9997"/></linearGradient>
    <linearGradient id="light" x2="1" y2="1"><stop stop-color="#fff" stop-opacity=".12"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".26"/></linearGradient>
    <g id="board"><rect width="116" height="150" rx="4" fill="#000" fill-opacity=".15"/><path d="M0 150V0H116" fill="none" stroke="#000" stroke-opacity=".36" stroke-width="6"/><path d="M116 0V150H0" fill="none" stroke="#fff" stroke-opacity=".24" stroke-width="6"/><rect x="15" y="15" width="86" height="120" rx="3" fill="#fff" fill-opacity=".07"/></g>
  </defs>
  <path d="M-30 640V-40h400v680" fill="#efdfc0"/>
  <path d="M-30 640V-40h400v680M-30 60H0M-30 180H0M-30 300H0M-30 420H0M-30 540H0M340 60h30M340 180h30M340 300h30M340 420h30M340 540h30" fill="none" stroke="#b99f72" stroke-opacity=".6" stroke-width="3"/>
  <rect width="340" height="640" fill="#241d15"/>
  <rect x="12" y="12" width="316" height="96" fill="url(#glass)"/>
  <path d="M170 12v96M12 108 170 30l158 78M12 12h316v96H12Z" fill="none" stroke="#4b3d2b" stroke-width="9"/>`

/** A door that wears what it is given: `show({ paint, glazed, knocker, handle, letters, number, plate })`. */
export function createDoor(container) {
  const svg = document.createElementNS(NAMESPACE, 'svg')
  svg.setAttribute('viewBox', '-46 -56 432 720')
  svg.setAttribute('role', 'img')
  svg.innerHTML = `${FRAME}<g class="door-leaf"><rect class="leaf" x="10" y="120" width="320" height="520"/><rect x="10" y="120" width="320" height="520" fill="url(#light)"/>
    <g class="boards"></g></g><g class="hardware"></g><g class="number-plate"></g>
    <path d="M-46 640h432v14h-432Z" fill="#d8c6a3"/><path d="M-46 654h432v10h-432Z" fill="#b9a67f"/>`
  container.append(svg)
  const [boards, hardware, plate] = ['.boards', '.hardware', '.number-plate'].map((name) => svg.querySelector(name))

  return {
    show({ paint, glazed, knocker, handle, letters, number, plateColour }) {
      svg.style.setProperty('--paint', paint)
      boards.innerHTML = drawBoards(glazed)
      dress(hardware, [knocker, handle, letters].filter(Boolean))
      plate.innerHTML = number ? drawPlate(plateColour) : ''
      const text = plate.querySelector('text')
      if (text) text.textContent = number
    },
  }
}

function drawBoards(glazed) {
  const lower = '<use href="#board" x="38" y="464"/><use href="#board" x="186" y="464"/>'
  if (!glazed) return `<use href="#board" x="38" y="144"/><use href="#board" x="186" y="144"/>${lower}`
  return `${lower}<rect x="38" y="144" width="264" height="104" rx="6" fill="url(#glass)"/><path d="M170 144v104M38 144h264v104H38Z" fill="none" stroke="#000" stroke-opacity=".35" stroke-width="6"/>`
}

/** What stays on the door stays in the document: only what changed is taken off or screwed on. */
function dress(group, things) {
  const wanted = things.map(({ id, finish }) => `/images/loose/${id}-${finish}.webp`)
  for (const image of group.querySelectorAll('image')) {
    if (!wanted.includes(image.getAttribute('href'))) image.remove()
  }
  for (const [index, { id }] of things.entries()) {
    if (group.querySelector(`[href='${wanted[index]}']`)) continue
    const [left, top, size] = PLACES[id]
    const image = document.createElementNS(NAMESPACE, 'image')
    for (const [name, value] of Object.entries({ href: wanted[index], x: left, y: top, width: size, height: size })) {
      image.setAttribute(name, value)
    }
    group.append(image)
  }
}

function drawPlate(colour) {
  return `<path d="M112-34q58-14 116 0v68q-58 14-116 0Z" fill="${colour}"/><path d="M119-28q51-11 102 0v56q-51 11-102 0Z" fill="none" stroke="#fff" stroke-width="3"/><text x="170" y="15" text-anchor="middle"></text>`
}
