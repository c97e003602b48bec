import { callPage } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const BODY = `
<svg width="0" height="0" style="position:absolute"><symbol id="knob" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8" fill="var(--metal, #d2a048)"/><path d="M4 10h12" stroke="#000"/></symbol></svg>
<svg id="door" viewBox="0 0 200 120" width="400" height="240" preserveAspectRatio="xMidYMid meet" role="img" aria-label="door">
  <defs>
    <linearGradient id="wood" gradientTransform="rotate(15)"><stop offset="0%" stop-color="#8d3b2f"/><stop offset="100%" stop-color="#5e211c"/></linearGradient>
    <clipPath id="round" clipPathUnits="userSpaceOnUse"><rect x="10" y="10" width="80" height="100" rx="12"/></clipPath>
    <mask id="fade"><rect width="200" height="120" fill="url(#wood)"/></mask>
    <filter id="soft"><feGaussianBlur in="SourceGraphic" stdDeviation="1"/><feColorMatrix type="matrix" values="1 0 0 0 0 0 1 0 0 0 0 0 1 0 0 0 0 0 1 0"/></filter>
    <marker id="arrow" markerWidth="6" markerHeight="6" refX="3" refY="3" orient="auto"><path d="M0 0 6 3 0 6Z"/></marker>
    <pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1"/></pattern>
  </defs>
  <style>.line { stroke: rgb(31, 74, 69); stroke-width: 2 } text { font: 12px serif }</style>
  <rect x="10" y="10" width="80" height="100" fill="url(#wood)" clip-path="url(#round)"/>
  <use id="one" href="#knob" x="70" y="56" width="14" height="14"/><use xlink:href="#knob" x="30" y="56" width="14" height="14" style="--metal: #c3c8c9"/>
  <line class="line" x1="110" y1="20" x2="180" y2="20" marker-end="url(#arrow)"/>
  <polygon points="120,40 150,40 135,70" filter="url(#soft)" fill="url(#dots)"/>
  <text x="110" y="90" textLength="70" lengthAdjust="spacing">An <tspan font-weight="bold" dy="-2">old</tspan> door</text>
  <foreignObject x="110" y="94" width="80" height="24"><p xmlns="http://www.w3.org/1999/xhtml" style="margin:0;font-size:10px">HTML <b>inside</b></p></foreignObject>
  <a href="#door"><title>a tip</title><circle cx="185" cy="100" r="6"/></a>
  <switch><text systemLanguage="fr" x="10" y="8">porte</text><text x="10" y="8">door</text></switch>
</svg>
<math display="block"><mrow><mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup><mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac></mrow></math>
<math><semantics><mi>π</mi><annotation encoding="application/x-tex">\\pi</annotation></semantics></math>`

const SCRIPT = `
const SVG = 'http://www.w3.org/2000/svg'
const door = document.querySelector('#door')
function changeAttributes() {
  door.setAttribute('viewBox', '0 0 220 130'); door.querySelector('polygon').setAttribute('points', '120,40 160,40 140,80')
  door.querySelector('linearGradient').setAttribute('gradientTransform', 'rotate(60)'); door.querySelector('#one').setAttribute('href', '#other')
  door.querySelector('#one').setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '#knob'); door.querySelector('text').removeAttribute('textLength')
}
function draw() {
  const group = document.createElementNS(SVG, 'g'); group.setAttribute('transform', 'translate(4 4)')
  for (let index = 0; index < 12; index++) { const dot = document.createElementNS(SVG, 'circle'); dot.setAttribute('cx', 20 + index * 8); dot.setAttribute('cy', 116); dot.setAttribute('r', 3); group.append(dot) }
  const gradient = document.createElementNS(SVG, 'radialGradient'); gradient.id = 'late'; door.querySelector('defs').append(gradient); door.append(group)
  door.querySelector('foreignObject').innerHTML = '<p style="margin:0;font-size:10px">replaced <i>inside</i></p>'
  door.insertAdjacentHTML('beforeend', '<ellipse cx="60" cy="60" rx="6" ry="3"/>')
}
function changeMath() {
  const number = document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mn'); number.textContent = '4711'
  document.querySelector('mfrac > mrow:last-child').append(number); document.querySelector('math mi').firstChild.data = 'y'
}
function changeSymbol() { document.querySelector('#knob circle').setAttribute('fill', '#c8553d'); document.querySelector('#knob').append(document.createElementNS(SVG, 'rect')) }`

export const svgAndMath: TestSite = {
  name: 'svg and math',
  start: '/',
  typed: [],
  pages: (snippet) => ({ '/': writePage({ title: 'Drawn', snippet, body: BODY, script: SCRIPT }) }),
  steps: [
    { name: 'changes attributes, also those with capitals and namespaces', run: callPage('changeAttributes') },
    { name: 'draws more', run: callPage('draw') },
    { name: 'changes a formula', run: callPage('changeMath') },
    { name: 'changes what is used elsewhere', run: callPage('changeSymbol') },
  ],
}
