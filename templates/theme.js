// Everything on the site works without this script. It remembers light or dark, lets "/" reach the search, copies links,
// and keeps the fragment when an old address sends on.
(() => {
  const moved = document.currentScript?.dataset.moved
  if (moved) {
    location.replace(moved + location.hash)
    return
  }
  const root = document.documentElement
  const stored = (() => { try { return localStorage.getItem('theme') } catch { return null } })()
  if (stored === 'light' || stored === 'dark') root.dataset.theme = stored

  const ready = () => {
    const button = document.querySelector('.switch')
    if (button) {
      button.hidden = false
      const isDark = () =>
        (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
      button.setAttribute('aria-pressed', String(isDark()))
      button.addEventListener('click', () => {
        root.dataset.theme = isDark() ? 'light' : 'dark'
        button.setAttribute('aria-pressed', String(isDark()))
        try { localStorage.setItem('theme', root.dataset.theme) } catch { /* private windows forget */ }
      })
    }
    document.addEventListener('keydown', event => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target.closest('input, textarea, select, [contenteditable]')) return
      const find = document.querySelector('#search input, .find input')
      if (!find) return
      event.preventDefault()
      find.focus()
    })
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready)
  else ready()
})()
