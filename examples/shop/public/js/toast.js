const TOAST_MS = 2800

/** A short word at the foot of the page. */
export function showToast(text, picture) {
  const toast = document.createElement('p')
  toast.className = 'toast'
  if (picture) {
    const image = new Image(40, 40)
    image.src = picture
    image.alt = ''
    toast.append(image)
  } else {
    toast.style.paddingInlineStart = '1.2rem'
  }
  toast.append(text)
  document.querySelector('.toasts').append(toast)
  setTimeout(() => toast.remove(), TOAST_MS)
}
