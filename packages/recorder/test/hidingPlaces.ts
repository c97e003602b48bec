/** One place in a page where something private may be. `C` is the canary; the numbers are those of the leak corpus. */
export interface HidingPlace {
  readonly vector: string
  readonly html: string
  /** JavaScript run once the markup is there; `C` is the canary, `place` the wrapper of the markup. */
  readonly act?: string
  /** Typed with real keys into the first control of the place. */
  readonly types?: boolean
  /** Shaped like an address, a number or a token: words around it may stay. */
  readonly shape?: 'word' | 'email' | 'card' | 'iban' | 'phone' | 'ssn' | 'jwt' | 'key' | 'date'
  /** With `recordFormInputs` on, a plain word here is what the site asked for. */
  readonly forms?: 'kept'
  /** Nothing in the page tells any more, once this was done before the recording began; with form inputs recorded it is kept. */
  readonly leavesNoTrace?: true
  /** Counts for the page as a whole, so that no block around it can help. */
  readonly isPageWide?: boolean
}

export const HIDING_PLACES: readonly HidingPlace[] = [
  { vector: 'L001 password', html: '<input type="password">', types: true },
  {
    vector: 'L002 password shown',
    html: '<input type="password">',
    types: true,
    act: 'place.querySelector("input").type = "text"',
    leavesNoTrace: true,
  },
  { vector: 'L004 shown before the start', html: '<input type="text" name="password" value="C">' },
  {
    vector: 'L005 password replaced by a text field of the same name',
    html: '<input type="password" name="field7">',
    types: true,
    act: 'const o = place.querySelector("input"), n = document.createElement("input"); n.name = o.name; n.value = o.value; o.replaceWith(n)',
    leavesNoTrace: true,
  },
  {
    vector: 'L007 password attribute left behind',
    html: '<input type="password" value="C">',
    act: 'place.querySelector("input").value = ""',
  },
  { vector: 'L009 custom password element', html: '<x-password value="C"></x-password>' },
  { vector: 'L010 drawn as dots', html: '<input type="text" style="-webkit-text-security:disc" value="C">' },
  { vector: 'L011 dots font', html: '<input type="text" style="font-family:password-dots" value="C">' },
  { vector: 'L013 password manager', html: '<com-1password-menu>C</com-1password-menu><input data-lastpass-icon="C">' },
  {
    vector: 'L016 password repeated beside the field',
    html: '<input type="password"><span></span>',
    types: true,
    act: 'place.querySelector("span").textContent = place.querySelector("input").value',
  },
  { vector: 'L018 hidden input', html: '<input type="hidden" name="v" value="C">' },
  { vector: 'L022 radio', html: '<input type="radio" name="r" value="C" checked>' },
  { vector: 'L023 checkbox', html: '<input type="checkbox" value="C" checked>' },
  { vector: 'L025 option', html: '<select><option value="C">a</option></select>' },
  { vector: 'L025 option text', html: '<select><option>C</option></select>', forms: 'kept' },
  { vector: 'L027 option label', html: '<select><optgroup label="C"><option label="C">a</option></optgroup></select>' },
  { vector: 'L029 text area', html: '<textarea>C</textarea>', forms: 'kept' },
  {
    vector: 'L030 emptied text area',
    html: '<textarea>C</textarea>',
    act: 'place.querySelector("textarea").value = ""',
  },
  {
    vector: 'L031 text area by child nodes',
    html: '<textarea></textarea>',
    act: 'place.querySelector("textarea").append("C")',
    forms: 'kept',
  },
  { vector: 'L032 number', html: '<input type="number" value="C"><input type="date" value="C">' },
  { vector: 'L035 slider words', html: '<input type="range" aria-valuetext="C">' },
  { vector: 'L036 output', html: '<output>C</output>', forms: 'kept' },
  { vector: 'L037 placeholder', html: '<input placeholder="C"><textarea placeholder="C"></textarea>' },
  { vector: 'L038 email field', html: '<input type="email" value="C">' },
  { vector: 'L038 phone field', html: '<input type="tel" value="C">' },
  { vector: 'L038 search field', html: '<input type="search">', types: true, forms: 'kept' },
  { vector: 'L039 address typed as login', html: '<input name="who">', types: true, shape: 'email' },
  { vector: 'L040 readonly', html: '<input readonly value="C">', forms: 'kept' },
  { vector: 'L042 editable', html: '<div contenteditable="true"><b>C</b></div>', forms: 'kept' },
  { vector: 'L043 editable and ignored', html: '<div data-vasistas="ignore"><p contenteditable="true">C</p></div>' },
  { vector: 'L047 allow on a container', html: '<div data-vasistas="allow"><input value="C"></div>', forms: 'kept' },
  { vector: 'L047 allow on a password', html: '<input type="password" data-vasistas="allow" value="C">' },
  { vector: 'L048 mask inside allow', html: '<div data-vasistas="allow"><p data-vasistas="mask">C</p></div>' },
  { vector: 'L048 mask and allow on one element', html: '<p data-vasistas="allow" class="rr-mask">C</p>' },
  { vector: 'mask and a typing error', html: '<p data-vasistas="blok">C</p>' },
  {
    vector: 'L049 reset',
    html: '<form><input value="C"></form>',
    act: 'place.querySelector("input").value = ""; place.querySelector("form").reset()',
    forms: 'kept',
  },
  { vector: 'L053 card by autocomplete', html: '<input autocomplete="billing cc-number" value="C">' },
  { vector: 'L053 card in capitals', html: '<input autocomplete="CC-NUMBER" value="C">' },
  { vector: 'L055 one-time code', html: '<input autocomplete="one-time-code" value="C">' },
  { vector: 'card by name', html: '<input name="billing[cardNumber]" value="C">' },
  { vector: 'secret by label', html: '<label>Mot de passe <input value="C"></label>' },
  { vector: 'secret by label for', html: '<label for="f1">Code secret</label><input id="f1" value="C">' },
  { vector: 'code box', html: '<input maxlength="1" value="C">' },
  { vector: 'L064 account in a comment', html: '<textarea>C</textarea>', shape: 'iban' },
  { vector: 'L069 key shown once', html: '<code>C</code>', shape: 'key' },
  { vector: 'L069 token in a text', html: '<p>Your token: C, keep it</p>', shape: 'jwt' },
  { vector: 'L072 custom combobox', html: '<div role="combobox">C</div>', forms: 'kept' },
  { vector: 'L073 address in a text', html: '<p>Hello C, welcome</p>', shape: 'email' },
  { vector: 'L073 phone in a text', html: '<p>Call C now</p>', shape: 'phone' },
  { vector: 'card in a text', html: '<p>Paid with C</p>', shape: 'card' },
  { vector: 'account in a text', html: '<p>C</p>', shape: 'iban' },
  { vector: 'security number in a text', html: '<p>C</p>', shape: 'ssn' },
  { vector: 'masked text', html: '<p class="sentry-mask">C</p>' },
  { vector: 'masked ancestor', html: '<div data-private><section><p>C</p></section></div>' },
  {
    vector: 'L076 typed text repeated',
    html: '<input name="who"><h1></h1>',
    types: true,
    act: 'place.querySelector("h1").textContent = "Hello " + place.querySelector("input").value',
    forms: 'kept',
  },
  {
    vector: 'L076 typed text repeated in the title',
    html: '<input name="who">',
    types: true,
    act: 'document.title = place.querySelector("input").value',
    forms: 'kept',
    isPageWide: true,
  },
  { vector: 'L079 title', html: '<p>x</p>', act: 'document.title = "(2) C wrote"', shape: 'email', isPageWide: true },
  { vector: 'comment', html: '<!-- C --><p>x</p>' },
  { vector: 'L082 noscript', html: '<noscript><img src="/p?e=C">C</noscript>' },
  { vector: 'L083 template', html: '<template><p>C</p></template>' },
  { vector: 'L083 state in a script', html: '<script type="application/json">{"email":"C"}</script>' },
  { vector: 'L084 script address', html: '<script type="text/x" src="/x.js?key=C" data-user="C"></script>' },
  {
    vector: 'L086 svg',
    html: '<svg aria-label="C" id="C" data-name="C"><title>C</title><text class="rr-mask">C</text></svg>',
    shape: 'email',
  },
  {
    vector: 'L086 svg reference',
    html: '<svg><defs><linearGradient id="C"><stop/></linearGradient></defs><rect fill="url(#C)"/><use href="#C"/></svg>',
  },
  {
    vector: 'L088 alt and aria',
    html: '<img alt="C" title="C" aria-label="C"><table summary="C"><th abbr="C">x</table><b aria-description="C" aria-roledescription="C">x</b>',
  },
  {
    vector: 'L090 id, class, name',
    html: '<div id="user-C" class="row-C"><a name="C">x</a><label for="C">y</label></div>',
  },
  {
    vector: 'L092 microdata',
    html: '<meta itemprop="email" content="C"><time datetime="C">x</time><data value="C">y</data>',
  },
  {
    vector: 'L093 enumerated attributes',
    html: '<p lang="C" dir="C" translate="C" popover="C">x</p><button popovertarget="C" commandfor="C">y</button>',
  },
  { vector: 'data attributes', html: '<div data-user="C" data-state="C">x</div>' },
  { vector: 'event handlers', html: '<button onclick="track(\'C\')">x</button>' },
  { vector: 'unknown attribute', html: '<p made-up="C" C="1">x</p>' },
  { vector: 'unknown element', html: '<cnry-C>x</cnry-C>' },
  {
    vector: 'L100 link',
    html: '<a href="https://u:C@h.example/p?t=C#C">x</a><a href="mailto:C">y</a><a href="javascript:go(\'C\')">z</a>',
  },
  { vector: 'L100 address in a path', html: '<a href="/users/C/edit">x</a>', shape: 'email' },
  {
    vector: 'L101 other addresses',
    html: '<form action="/s?sid=C"><button formaction="/t?C">x</button></form><object data="/o?C"></object><embed src="/e?C"><blockquote cite="/c?C">q</blockquote><map><area href="/m?C"></map>',
  },
  {
    vector: 'L102 images',
    html: '<img src="/avatar.png?u=C&sig=C" srcset="/a.png?C 1x, /b.png?C 2x"><video poster="/p.png?C" src="/v.mp4?C"></video>',
  },
  { vector: 'foreign image', html: '<img src="https://cdn.foreign.example/C.png">' },
  {
    vector: 'L112 shadow root',
    html: '<div></div>',
    act: 'place.firstElementChild.attachShadow({ mode: "open" }).innerHTML = "<p title=C>C</p>"',
    shape: 'email',
  },
  {
    vector: 'L113 mask on a host',
    html: '<div class="rr-mask"></div>',
    act: 'place.firstElementChild.attachShadow({ mode: "open" }).innerHTML = "<p>C</p>"',
  },
  {
    vector: 'L114 mask above a host, changed later',
    html: '<div class="rr-mask"><span></span></div>',
    act: 'const r = place.querySelector("span").attachShadow({ mode: "open" }); r.innerHTML = "<p>a</p>"; later(() => { r.querySelector("p").textContent = "C" })',
  },
  {
    vector: 'L117 closed shadow root',
    html: '<div></div>',
    act: 'place.firstElementChild.attachShadow({ mode: "closed" }).innerHTML = "<p>C</p>"',
  },
  {
    vector: 'L118 slotted under a masked slot',
    html: '<div id="slotted-host"><span>C</span></div>',
    act: 'place.firstElementChild.attachShadow({ mode: "open" }).innerHTML = "<b class=rr-mask><slot></slot></b>"',
  },
  { vector: 'L121 frame under a mask', html: '<div class="rr-mask"><iframe srcdoc="<p>C</p>"></iframe></div>' },
  { vector: 'L062 form in a frame', html: '<iframe srcdoc="<input value=C>" name="C"></iframe>', forms: 'kept' },
  { vector: 'L123 frame address', html: '<iframe src="/frame.html?C" name="C" title="C"></iframe>' },
  { vector: 'L128 clobbered class list', html: '<form class="rr-mask"><input name="classList"><p>C</p></form>' },
  {
    vector: 'L130 clobbered properties',
    html: '<form data-vasistas="mask"><input name="attributes"><input name="childNodes"><input name="parentNode"><input name="nodeType"><input name="tagName"><input name="closest"><input name="getAttribute"><input name="firstChild"><input name="localName"><p>C</p></form>',
  },
  {
    vector: 'L142 attributes one by one',
    html: '<div></div>',
    act: 'const i = document.createElement("input"); i.value = "C"; place.append(i); i.type = "password"',
  },
  { vector: 'L159 content of a rule', html: '<style>.cnry::after{content:"C"}</style>' },
  {
    vector: 'L159 inserted rule',
    html: '<style></style>',
    act: 'later(() => place.querySelector("style").sheet.insertRule(".x::after{content:\\"C\\"}"))',
  },
  {
    vector: 'L159 adopted sheet',
    html: '<p>x</p>',
    act: 'const s = new CSSStyleSheet(); s.replaceSync(".y::after{content:\\"C\\"}"); document.adoptedStyleSheets = [s]',
    isPageWide: true,
  },
  {
    vector: 'L162 image of a style',
    html: '<div style="background-image:url(/avatar/x.png?sig=C);--name:\'C D\'">x</div>',
  },
  {
    vector: 'L163 imported sheet',
    html: '<style>@import url("/theme.css?key=C"); @font-face{font-family:x;src:url(/f.woff2?C)}</style>',
  },
  {
    vector: 'L164 attribute shown by a rule',
    html: '<style>.at::after{content:attr(data-name)}</style><p class="at" data-name="C">x</p>',
  },
  { vector: 'L165 comment of a sheet', html: '<style>/* C */ .q{color:red}</style>' },
  {
    vector: 'L170 blob image',
    html: '<img>',
    act: 'place.firstElementChild.src = URL.createObjectURL(new Blob(["C"]))',
  },
  { vector: 'L172 embedded document', html: '<embed type="application/pdf" src="/C.pdf?C"><object type="C"></object>' },
  { vector: 'L099 history state', html: '<p>x</p>', act: 'history.replaceState({ email: "C" }, "")', isPageWide: true },
  {
    vector: 'L097 page address',
    html: '<p>x</p>',
    act: 'history.pushState(null, "", "/p/1?token=C#access_token=C")',
    isPageWide: true,
  },
  {
    vector: 'L197 error',
    html: '<p>x</p>',
    act: 'later(() => { setTimeout(() => { throw new TypeError("Invalid address C") }) })',
    isPageWide: true,
  },
  {
    vector: 'L198 storage',
    html: '<p>x</p>',
    act: 'localStorage.setItem("k", "C"); sessionStorage.setItem("k", "C"); document.cookie = "k=C"',
    isPageWide: true,
  },
]
