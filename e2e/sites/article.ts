import { drawPng } from './drawPng.ts'
import { settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const PARAGRAPH =
  'The concierge of number twelve kept a notebook. In it stood who rang, who knocked, and who only pretended to have lost a key.'

const BODY = `
<header><h1>A short history of the <em>vasistas</em></h1><p>By <a rel="author" href="/quirks">R. Portier</a>, <time datetime="1798-03-04">4 March 1798</time></p></header>
<nav><a href="#origin">Origin</a> · <a href="#notes">Notes</a> · <a href="/quirks">The old page</a></nav>
<article>
  <h2 id="origin">Origin</h2>
  <p>${PARAGRAPH}<sup><a href="#note-1">1</a></sup></p>
  <figure><picture><source srcset="/wide.png" media="(min-width: 900px)"><img src="/narrow.png" width="160" height="160" alt="A window in a door"></picture><figcaption>Plate I.</figcaption></figure>
  <blockquote cite="/quirks"><p>„Was ist das?“ &mdash; &laquo;&nbsp;Qu’est-ce que c’est&nbsp;?&nbsp;&raquo; &lt;sic&gt; &amp; so on</p></blockquote>
  <p dir="rtl" lang="ar">نافذة صغيرة في باب</p>
  <p><ruby>窓<rp>(</rp><rt>mado</rt><rp>)</rp></ruby> 👁️‍🗨️ <mark>marked</mark>, <del>gone</del>, <ins>new</ins>, <kbd>Alt</kbd>, <abbr title="kept as a title">abbr.</abbr>, H<sub>2</sub>O</p>
  <pre><code>  if (knock) {
      open()   // two spaces in front
  }</code></pre>
  <ul><li>Oak<ul><li>with a grille</li><li>without</li></ul></li><li value="7">Ash</li></ul>
  <ol reversed start="9"><li>Nine</li><li>Eight</li></ol>
  <dl><dt>Judas</dt><dd>A hole that nobody can look through from outside</dd></dl>
  <table border><caption>Hours</caption><colgroup><col span="2"></colgroup><tr><th scope="col">Day<td>Open<tr><th scope="row">Mon<td rowspan="2">9–12<tr><th scope="row">Tue</table>
  <p>Write to <a href="mailto:portier@example.com?subject=knock">portier@example.com</a> or call +33 6 12 34 56 78, file 4711 0815 2026.</p>
  ${`<p>${PARAGRAPH}</p>`.repeat(8)}
  <!-- a comment that nobody needs to see -->
  <aside id="comments"><h2>Comments</h2><p class="empty">None yet.</p></aside>
</article>
<footer id="notes"><ol><li id="note-1">The notebook is lost. <a href="#origin">↩</a></li></ol></footer>`

/** No doctype, tags of another age, half of them never closed. */
const QUIRKS = (snippet: string) => `<html><head><title>The old page</title>${snippet}
<style>TD.warm { background: #fed } .Shout { color: red } .box { width: 100px; padding: 10px; border: 5px solid }</style></head>
<body bgcolor="#ffffff" text="#333366" link="#993300">
<center><font face="Georgia" size="+2" color="#993300">The Old Page</font></center>
<table width="100%" cellpadding="4" cellspacing="0" border="1"><tr valign="top"><td class="WARM" width="30%" nowrap>In quirks mode classes have no case
<td height="60"><p>First<p>Second<br clear="all"><b><i>Crossed</b> tags</i></table>
<div class="box shout">A box of an older model</div>
<img src="/narrow.png" width=60 height=60 align=left hspace=8><marquee scrollamount="0">Still</marquee>
<ul><li>one<li>two</ul><hr noshade size=3><dir><li>three</dir><nobr>No break</nobr> <tt>teletype</tt> <strike>struck</strike>
<p id=last>End of the page`

export const article: TestSite = {
  name: 'article',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({ title: 'A short history', snippet, body: BODY }),
    '/quirks': QUIRKS(snippet),
    '/wide.png': drawPng(32, [31, 74, 69], [210, 160, 72]),
    '/narrow.png': drawPng(16, [200, 85, 61], [250, 245, 234]),
  }),
  steps: [
    {
      name: 'reads to the notes',
      async run(page) {
        await page.getByRole('link', { name: 'Notes' }).click()
        await settle(page)
      },
    },
    {
      name: 'gets a comment, and an edit in the middle of a text',
      async run(page) {
        await page.evaluate(() => {
          const comments = document.querySelector('#comments')
          comments?.querySelector('.empty')?.remove()
          comments?.insertAdjacentHTML('beforeend', '<p><b>Odile</b>: mine <i>squeaks</i>.</p>')
          const text = document.querySelector('blockquote p')?.firstChild
          if (text) text.nodeValue = 'Was ist das, indeed?'
          document
            .querySelector('article > ul > li')
            ?.firstChild?.replaceWith('Beech ', document.createElement('wbr'), 'wood')
        })
        await settle(page)
      },
    },
    {
      name: 'splits and joins text nodes',
      async run(page) {
        await page.evaluate(() => {
          const text = document.querySelector('footer li')?.firstChild
          if (text instanceof Text) text.splitText(4).splitText(9)
          document.querySelector('pre')?.normalize()
        })
        await settle(page)
      },
    },
    {
      name: 'follows a link to a page without a doctype',
      async run(page) {
        await page.getByRole('link', { name: 'The old page' }).click()
        await page.waitForURL('**/quirks')
        await settle(page)
      },
    },
    {
      name: 'sees the old page change',
      async run(page) {
        await page.evaluate(() => {
          document.querySelector('td')?.setAttribute('bgcolor', '#ddeeff')
          document.querySelector('ul')?.append(document.createElement('li'))
        })
        await settle(page)
      },
    },
  ],
}
