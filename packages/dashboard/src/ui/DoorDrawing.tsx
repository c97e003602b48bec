/** A door with its small window ajar, and light behind it. */
export function DoorDrawing({ height = 300 }: { readonly height?: number }) {
  return (
    <svg viewBox="0 0 240 300" aria-hidden="true" style={{ width: height * 0.8, height, maxHeight: '38vh' }}>
      <defs>
        <linearGradient id="drawing-door" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#20c997" />
          <stop offset="1" stopColor="#099268" />
        </linearGradient>
        <linearGradient id="drawing-light" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#fff9db" />
          <stop offset="1" stopColor="#ffe066" />
        </linearGradient>
      </defs>
      <ellipse cx="120" cy="288" rx="104" ry="9" fill="#000" opacity="0.18" />
      <rect x="34" y="10" width="172" height="276" rx="14" fill="#e6fcf5" opacity="0.16" />
      <rect x="46" y="22" width="148" height="264" rx="8" fill="url(#drawing-door)" />
      <g fill="none" stroke="#087f5b" strokeWidth="3" opacity="0.55">
        <rect x="66" y="164" width="46" height="100" rx="5" />
        <rect x="128" y="164" width="46" height="100" rx="5" />
      </g>
      <rect x="68" y="46" width="104" height="86" rx="8" fill="#063f2f" />
      <rect x="74" y="52" width="92" height="74" rx="4" fill="url(#drawing-light)" />
      <circle cx="132" cy="84" r="13" fill="#0b7a5a" opacity="0.75" />
      <path d="M106 126c2-18 13-27 26-27s24 9 26 27z" fill="#0b7a5a" opacity="0.75" />
      <path d="M70 50 l44 12 a6 6 0 0 1 4 6 v66 a5 5 0 0 1-6 5 l-42-11z" fill="#e6fcf5" opacity="0.92" />
      <path d="M92 56v77M70 88l48 12" stroke="#0ca678" strokeWidth="4" />
      <circle cx="182" cy="156" r="7" fill="#fff3bf" />
      <rect x="178" y="156" width="8" height="18" rx="4" fill="#fff3bf" />
    </svg>
  )
}
