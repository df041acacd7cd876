// Everything on the site can be read and answered without this script. It remembers light or dark, lets "/" reach the
// search, copies links, splits the reply form into fields, and keeps the fragment when an old address sends on.
(() => {
  const moved = document.currentScript?.dataset.moved
  if (moved) {
    location.replace(moved + location.hash)
    return
  }
  const root = document.documentElement
  // Before anything is drawn, so that nothing moves when it is.
  root.classList.add('scripted')
  const stored = (() => { try { return localStorage.getItem('theme') } catch { return null } })()
  if (stored === 'light' || stored === 'dark') root.dataset.theme = stored

  const lightOrDark = () => {
    const button = document.querySelector('.switch')
    if (!button) return
    const isDark = () =>
      (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
    const tell = () => button.setAttribute('aria-pressed', String(isDark()))
    tell()
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark'
      tell()
      try { localStorage.setItem('theme', root.dataset.theme) } catch { /* private windows forget */ }
    })
  }

  const slashToSearch = () => document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest('input, textarea, select, [contenteditable]')) return
    const find = document.querySelector('#search input, .find input')
    if (!find) return
    event.preventDefault()
    find.focus()
  })

  // What happened, for eyes and ears alike.
  const say = (() => {
    let place, timer
    return text => {
      if (!place) {
        place = document.createElement('p')
        place.className = 'status'
        place.setAttribute('role', 'status')
        document.body.append(place)
      }
      clearTimeout(timer)
      // A live region has to be there before what it says.
      setTimeout(() => { place.textContent = text }, 50)
      timer = setTimeout(() => { place.textContent = '' }, 4000)
    }
  })()

  const copy = async text => {
    try { await navigator.clipboard.writeText(text) } catch { return false }
    return true
  }

  const copyLinks = () => {
    const { copyLink, copied } = document.body.dataset
    for (const heading of document.querySelectorAll('.prose :is(h2, h3, h4, h5, h6)[id]')) {
      const link = document.createElement('a')
      link.className = 'anchor copy'
      link.href = `#${heading.id}`
      link.setAttribute('aria-label', `${copyLink}: ${heading.textContent}`)
      heading.append(link)
    }
    // The link is followed as well, so that the address bar and the highlight tell what was copied.
    document.addEventListener('click', async event => {
      const link = event.target.closest?.('a.copy')
      if (link && await copy(link.href)) say(copied)
    })
  }

  // A response's file, from fields instead of from a text with front matter in it.
  const replyFields = () => {
    const box = document.querySelector('.reply-form')
    const target = document.querySelector('.reply-target')
    const command = document.querySelector('.command')
    if (!target) return
    const plainCommand = command?.textContent
    let parent = ''

    const answer = (id, words) => {
      parent = id
      target.hidden = !id
      target.firstElementChild.textContent = words
      if (command) command.textContent = plainCommand + (id ? ` --to ${id}` : '')
    }
    target.querySelector('button').addEventListener('click', () => {
      answer('', '')
      box?.querySelector('textarea').focus()
    })
    document.addEventListener('click', event => {
      const link = event.target.closest?.('a.reply-to')
      if (!link || (!box && link.getAttribute('href') !== '#reply')) return
      answer(link.closest('.response').id.slice('response-'.length), link.getAttribute('aria-label'))
      if (!box) return
      event.preventDefault()
      const [name] = box.querySelectorAll('input:not([type=hidden])')
      const field = name.value ? box.querySelector('textarea') : name
      field.focus({ preventScroll: true })
      document.getElementById('reply').scrollIntoView()
    })
    if (!box) return

    const [name, website] = box.querySelectorAll('input:not([type=hidden])')
    const text = box.querySelector('textarea')
    text.value = text.defaultValue = ''
    text.required = name.required = true
    // A JSON string is a YAML string.
    const file = () => '---\n' + `guest: ${JSON.stringify(name.value.trim())}\n`
      + (website.value ? `url: ${JSON.stringify(website.value)}\n` : '')
      + (parent ? `reply-to: ${parent}\n` : '') + `---\n\n${text.value.trim()}\n`
    const fileName = () => {
      const now = new Date()
      const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0')).join('')
      const lot = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => (byte % 32).toString(32)).join('')
      return `${day}-${lot}.md`
    }

    if (box.matches('form')) {
      text.removeAttribute('name')
      const fields = { value: document.createElement('input'), filename: box.elements.namedItem('filename') }
      fields.value.type = 'hidden'
      box.append(fields.value)
      box.addEventListener('submit', event => {
        fields.filename.value = fileName()
        fields.value.value = file()
        const tooLong = encodeURIComponent(file()).length > 7000
        if (tooLong && fields.value.name) {
          event.preventDefault()
          copy(file()).then(() => say(box.dataset.tooLong))
        }
        fields.value.name = tooLong ? '' : 'value'
      })
      fields.value.name = 'value'
      // Coming back finds the text as it was left, not as it was sent.
      addEventListener('pageshow', () => { fields.value.name = 'value' })
    } else {
      const open = box.querySelector('.button')
      open.addEventListener('click', () => {
        const address = new URL(open.href)
        address.searchParams.set('file_name', fileName())
        open.href = address
        copy(file()).then(isCopied => isCopied && say(document.body.dataset.copied))
      })
    }
  }

  const ready = () => {
    lightOrDark()
    slashToSearch()
    copyLinks()
    replyFields()
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready)
  else ready()
})()
