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

  // A lone line end of a text that was typed is a line end to readers, too. Two spaces do it, and mean nothing where there is
  // no paragraph. Code is left alone.
  const withHardBreaks = text => {
    const lines = text.trim().split(/\r\n?|\n/)
    const isNoText = line => /^[\s>]*(?:$|#{1,6}(?:\s|$)|\||([-=*_])(?:\s|\1)*$)/.test(line)
    const begins = line => /^[\s>]*(?:[-*+] |1[.)] )/.test(line)
    const fenceOf = line => /^[\s>]*(?:[-*+] )*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? ''
    let fence = ''
    return lines.map((line, index) => {
      const next = lines[index + 1] ?? ''
      const mark = fenceOf(line)
      if (fence) {
        if (mark.startsWith(fence) && /[`~]\s*$/.test(line)) fence = ''
        return line
      }
      fence = mark
      const isWhole = fence || isNoText(line) || /^(?: {4}|\t)/.test(line) || /\\$/.test(line)
        || isNoText(next) || begins(next) || fenceOf(next)
      return isWhole ? line : line.trimEnd() + '  '
    }).join('\n')
  }

  // What was typed and whom it answers, until it is sent or the tab is closed.
  const draft = (() => {
    const key = `stoa-reply:${location.pathname}`
    return {
      read: () => { try { return JSON.parse(sessionStorage.getItem(key)) } catch { return null } },
      write: value => { try { sessionStorage.setItem(key, JSON.stringify(value)); return true } catch { return false } },
      forget: () => { try { sessionStorage.removeItem(key) } catch { /* there is none */ } },
    }
  })()

  // A new issue on a forge: the text, and what it answers in a field or a line of its own.
  const issueOf = (box, text, parentOf) => {
    const { marker, markerName, tooLong } = box.dataset
    const textName = text.name
    const field = document.createElement('input')
    field.type = 'hidden'
    box.append(field)
    text.removeAttribute('name')
    text.removeAttribute('maxlength')
    box.addEventListener('submit', event => {
      const line = marker + (parentOf() ? `#response-${parentOf()}` : '')
      if (markerName) box.elements.namedItem(markerName).value = line
      field.value = (markerName ? '' : `<!-- ${line} -->\n\n`) + text.value.trim()
      const isLong = encodeURIComponent(field.value).length > 6000
      if (isLong && field.name) {
        event.preventDefault()
        copy(field.value).then(() => say(tooLong))
      }
      field.name = isLong ? '' : textName
    })
    field.name = textName
    addEventListener('pageshow', () => { field.name = textName })
  }

  // A response that is answered in the form below, drafts, and for a forge a file made of fields instead of a text with
  // front matter in it.
  const replyFields = () => {
    const box = document.querySelector('.reply-form')
    const target = document.querySelector('.reply-target')
    const command = document.querySelector('.command')
    if (!target) return
    const plainCommand = command?.textContent
    const isSent = box?.matches('[method=post]')
    const hidden = box?.querySelector('[name=reply-to]')
    let parent = ''

    const linkOf = id => document.getElementById(`response-${id}`)?.querySelector('a.reply-to')
    const answer = id => {
      const words = id && linkOf(id)?.getAttribute('aria-label')
      parent = words ? id : ''
      target.hidden = !parent
      target.firstElementChild.textContent = words || ''
      if (hidden) hidden.value = parent
      if (command) command.textContent = plainCommand + (parent ? ` --to ${parent}` : '')
    }
    document.addEventListener('click', event => {
      const link = event.target.closest?.('a.reply-to')
      if (!link || (!box && link.getAttribute('href') !== '#reply')) return
      answer(link.closest('.response').id.slice('response-'.length))
      if (!box) return
      event.preventDefault()
      keep()
      const field = name?.value === '' ? name : text
      field.focus({ preventScroll: true })
      document.getElementById('reply').scrollIntoView()
    })
    target.querySelector('button').addEventListener('click', () => {
      answer('')
      if (!box) return
      keep()
      text.focus()
    })
    if (!box) return

    const [name, website] = box.querySelectorAll('input:not([type=hidden])')
    const text = box.querySelector('textarea')
    const fields = [name, website, text, box.querySelector('select')].filter(Boolean)
    if (!isSent) text.value = text.defaultValue = ''
    for (const field of [name, text]) if (field) field.required = true

    const ids = () => [...document.querySelectorAll('.response')].map(response => response.id)
    const keep = known => {
      const values = fields.map(field => field.value)
      if (!parent && values.every((value, index) => value === (fields[index].defaultValue ?? ''))) return draft.forget()
      // Where nothing is kept, the browser must not keep a text without whom it answers either.
      if (!draft.write({ values, parent, known })) box.autocomplete = 'off'
    }
    const kept = draft.read()
    const arrived = decodeURIComponent(location.hash.slice(1))
    if (kept?.known && ids().includes(arrived) && !kept.known.includes(arrived)) {
      // What was sent stands on the page.
      draft.forget()
    } else if (kept) {
      kept.values.forEach((value, index) => { if (fields[index]) fields[index].value = value })
      answer(kept.parent)
    }
    box.addEventListener('input', () => keep())
    // A browser that keeps no draft but the fields keeps the hidden one with them.
    addEventListener('pageshow', () => { if (hidden?.value && hidden.value !== parent) answer(hidden.value) })
    if (isSent) {
      box.addEventListener('submit', () => keep(ids()))
      return
    }

    if ('marker' in box.dataset) return issueOf(box, text, () => parent)

    const now = () => new Date().toISOString().replace(/\.\d+/, '')
    // A JSON string is a YAML string.
    const file = () => '---\n' + `guest: ${JSON.stringify(name.value.trim())}\n`
      + (website.value ? `url: ${JSON.stringify(website.value)}\n` : '')
      + ('dated' in box.dataset ? `date: ${now()}\n` : '')
      + (parent ? `reply-to: ${parent}\n` : '') + `---\n\n${withHardBreaks(text.value)}\n`
    const fileName = () => {
      const lot = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => (byte % 32).toString(32)).join('')
      return `${now().slice(0, 10).replaceAll('-', '')}-${lot}.md`
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
