import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { callPage } from './settle.ts'
import type { Served, TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const SOUND_RATE = 8_000
const SOUND_SECONDS = 3

const BODY = `
<audio id="sound" src="/tone.wav" controls preload="auto"></audio>
<video id="film" width="192" height="128" muted playsinline preload="auto" poster="/poster.svg"><source src="/ball.webm" type="video/webm">No film here</video>
<p id="time">0</p>`

const SCRIPT = `
const sound = document.querySelector('#sound')
const film = document.querySelector('#film')
const happens = (element, name) => new Promise((resolve) => element.addEventListener(name, resolve, { once: true }))
const ready = (element) => element.readyState > 2 || happens(element, 'canplay')
async function playFilm() { await ready(film); await film.play() }
async function pauseFilm() { film.pause(); await new Promise(requestAnimationFrame) }
async function seekFilm() { const done = happens(film, 'seeked'); film.currentTime = 0.5; await done }
async function changeSound() { await ready(sound); sound.muted = true; sound.volume = 0.4; sound.playbackRate = 1.5; await sound.play() }
async function endSound() { const done = happens(sound, 'ended'); sound.currentTime = sound.duration - 0.05; await done }
function changeElements() { film.removeAttribute('poster'); film.loop = true; sound.controls = false; const more = document.createElement('audio'); more.src = '/tone.wav'; more.controls = true; document.body.append(more) }
function removeFilm() { film.pause(); film.remove() }`

/** Three seconds of a quiet tone, eight bits a sample. */
function drawTone(): Buffer {
  const samples = Buffer.from(
    Array.from({ length: SOUND_RATE * SOUND_SECONDS }, (_, index) => 128 + Math.round(8 * Math.sin(index / 6))),
  )
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(SOUND_RATE, 24)
  header.writeUInt32LE(SOUND_RATE, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

/** Answers a range, without which a browser cannot seek. */
function serveRanges(body: Buffer, type: string): Served {
  return (request, response) => {
    const [, first, last] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? []
    const headers = { 'content-type': type, 'accept-ranges': 'bytes' }
    if (first === undefined) {
      response.writeHead(200, { ...headers, 'content-length': body.length }).end(body)
      return
    }
    const from = Number(first)
    const to = last ? Math.min(Number(last), body.length - 1) : body.length - 1
    const range = { 'content-range': `bytes ${from}-${to}/${body.length}`, 'content-length': to - from + 1 }
    response.writeHead(206, { ...headers, ...range }).end(body.subarray(from, to + 1))
  }
}

export const media: TestSite = {
  name: 'media',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({ title: 'Media', snippet, body: BODY, script: SCRIPT }),
    '/tone.wav': serveRanges(drawTone(), 'audio/wav'),
    '/ball.webm': serveRanges(readFileSync(join(import.meta.dirname, 'files/ball.webm')), 'video/webm'),
    '/poster.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><rect width="3" height="2" fill="#1f4a45"/></svg>',
  }),
  steps: [
    { name: 'plays a film', run: callPage('playFilm') },
    { name: 'pauses it', run: callPage('pauseFilm') },
    { name: 'seeks in it', run: callPage('seekFilm') },
    { name: 'mutes, quietens and speeds up a sound that plays', run: callPage('changeSound') },
    { name: 'lets it end', run: callPage('endSound') },
    { name: 'changes attributes and adds an element', run: callPage('changeElements') },
    { name: 'removes the film', run: callPage('removeFilm') },
  ],
}
