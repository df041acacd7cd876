// Everything on the site can be read and answered without this script. It remembers light or dark, lets "/" reach the
// search, copies links, shows where a link leads, walks through a thread by keys, splits the reply form into fields, and keeps
// the fragment when an old address sends on.
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

  // Where a link to this site leads, while the pointer or the focus rests on it. Of the other page only the beginning is read,
  // and nothing but text is taken over.
  const glimpses = () => {
    const readAtMost = 16384
    const known = new Map()
    let box, link, timer

    const beginning = async url => {
      const answer = await fetch(url)
      if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/html')) return ''
      const reader = answer.body.getReader()
      const decoder = new TextDecoder()
      let text = ''
      for (let left = readAtMost; left > 0;) {
        const { done, value } = await reader.read()
        if (done) return text
        text += decoder.decode(value.subarray(0, left), { stream: true })
        left -= value.length
      }
      reader.cancel()
      return text
    }
    const pageOf = async url => {
      if (url.pathname === location.pathname) return document
      if (!known.has(url.pathname)) {
        known.set(url.pathname, beginning(url.pathname)
          .then(text => new DOMParser().parseFromString(text, 'text/html')).catch(() => null))
      }
      return known.get(url.pathname)
    }
    const words = (node, most = 320) => {
      const text = node?.textContent.replace(/\s+/g, ' ').trim() ?? ''
      return text.length > most ? text.slice(0, text.lastIndexOf(' ', most) + 1 || most).trimEnd() + '…' : text
    }
    // Name, who and when, and the first words.
    const lines = (page, id) => {
      const main = page?.querySelector('main')
      const part = id ? page?.getElementById(id) : null
      if (part?.matches('.response')) {
        return [words(part.querySelector('.who')), words(part.querySelector('.when')), words(part.querySelector('.prose, .removed'))]
      }
      if (part?.matches('h2, h3, h4, h5, h6')) return [words(part), words(main?.querySelector('h1')), words(part.nextElementSibling)]
      const by = [...main?.querySelectorAll('.byline .p-name, .byline .dt-published') ?? []].map(node => words(node)).join(' · ')
      return [words(main?.querySelector('h1')), by, words(main?.querySelector('.prose > p, .lede'))]
    }
    const hide = () => {
      clearTimeout(timer)
      link?.removeAttribute('aria-describedby')
      box?.remove()
      box = link = undefined
    }
    const show = async wanted => {
      const url = new URL(wanted.href)
      const id = decodeURIComponent(url.hash.slice(1))
      const [title, note, text] = lines(await pageOf(url), id)
      if (link !== wanted || !title) return
      box = document.createElement('div')
      box.className = 'glimpse'
      box.id = 'glimpse'
      box.setAttribute('role', 'tooltip')
      for (const [name, line] of [['strong', title], ['span', note], ['p', text]]) {
        if (!line) continue
        const part = document.createElement(name)
        part.dir = 'auto'
        part.textContent = line
        box.append(part)
      }
      document.body.append(box)
      link.setAttribute('aria-describedby', box.id)
      const at = link.getClientRects()[0]
      const own = box.getBoundingClientRect()
      const below = at.bottom + own.height + 8 < innerHeight || at.top < own.height
      box.style.top = `${scrollY + (below ? at.bottom + 4 : at.top - own.height - 4)}px`
      box.style.left = `${scrollX + Math.max(8, Math.min(at.left, document.documentElement.clientWidth - own.width - 8))}px`
    }
    const leadsOn = node => {
      const found = node.closest?.('main a[href]')
      if (!found || found.origin !== location.origin || !/\/$/.test(found.pathname)) return null
      if (found.matches('.copy, .reply-to, .when, .button, .glimpse a')) return null
      return found.pathname !== location.pathname || document.getElementById(decodeURIComponent(found.hash.slice(1)))?.matches('.response, .prose *')
        ? found : null
    }
    const rest = (event, after) => {
      const found = leadsOn(event.target)
      if (!found || found === link) return
      hide()
      link = found
      timer = setTimeout(() => show(found), after)
    }
    // A finger that rests on a link opens the browser's own menu.
    document.addEventListener('pointerover', event => {
      if (event.pointerType !== 'mouse') return
      const isHere = link && (event.target.closest('a') === link || event.target.closest('.glimpse'))
      if (isHere && box) clearTimeout(timer)
      else if (leadsOn(event.target)) rest(event, 350)
      // Time for the pointer to come to what is shown.
      else if (box) timer = setTimeout(hide, 200)
      else hide()
    })
    document.addEventListener('focusin', event => { if (event.target.matches(':focus-visible')) rest(event, 500) })
    document.addEventListener('focusout', hide)
    document.addEventListener('keydown', event => { if (event.key === 'Escape') hide() })
    addEventListener('pagehide', hide)
  }

  // j and k go to the next and the previous response, u to the one that is answered, ? says so.
  const threadKeys = () => {
    const help = document.querySelector('dialog.keys')
    if (!help) return
    const responses = () => [...document.querySelectorAll('.response')].filter(one => one.checkVisibility?.() ?? true)
    const current = () => document.activeElement.closest('.response') ?? document.querySelector('.response:target')
    const go = response => {
      if (!response) return
      response.tabIndex = -1
      response.focus({ preventScroll: true })
      response.scrollIntoView({ block: 'start' })
    }
    const steps = {
      j: (all, index) => all[index + 1],
      k: (all, index) => all[index - 1],
      u: (all, index) => all[index]?.closest('.replies')?.parentElement.querySelector('.response'),
    }
    document.addEventListener('keydown', event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return
      if (event.key === '?') return help.showModal()
      const step = Object.hasOwn(steps, event.key) && steps[event.key]
      if (!step || help.open) return
      const all = responses()
      go(step(all, all.indexOf(current())))
    })
    // The line beside a thread folds it.
    document.addEventListener('click', event => {
      if (event.target.matches('.replies > .thread')) event.target.parentElement.open = false
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

  // A page that anybody may copy has no proof that it is the community's. A script fetches one as soon as somebody writes, so that
  // what they send need not be looked at once more.
  const fetchToken = box => {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = 'token'
    let asked
    const ask = () => {
      asked ??= fetch(`${box.dataset.token}?post=${encodeURIComponent(box.elements.namedItem('post').value)}`, { credentials: 'omit' })
        .then(answer => answer.ok ? answer.text() : Promise.reject())
        .then(token => { field.value = token.trim(); box.append(field) })
        .catch(() => { asked = undefined })
    }
    box.addEventListener('focusin', ask)
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
    const fields = [name, website, text, ...box.querySelectorAll('select, [name=mail], [name=tell]')].filter(Boolean)
    const valueOf = field => field.type === 'checkbox' ? String(field.checked) : field.value
    const put = (field, value) => { if (field.type === 'checkbox') field.checked = value === 'true'; else field.value = value }
    if ('token' in box.dataset) fetchToken(box)
    if (!isSent) text.value = text.defaultValue = ''
    const initial = fields.map(valueOf)
    for (const field of [name, text]) if (field) field.required = true

    const ids = () => [...document.querySelectorAll('.response')].map(response => response.id)
    const keep = known => {
      const values = fields.map(valueOf)
      if (!parent && values.every((value, index) => value === initial[index])) return draft.forget()
      // Where nothing is kept, the browser must not keep a text without whom it answers either.
      if (!draft.write({ values, parent, known })) box.autocomplete = 'off'
    }
    const kept = draft.read()
    const arrived = decodeURIComponent(location.hash.slice(1))
    if (arrived === 'reply-sent' || (kept?.known && ids().includes(arrived) && !kept.known.includes(arrived))) {
      // What was sent stands on the page, or waits for a moderator.
      draft.forget()
    } else if (kept) {
      kept.values.forEach((value, index) => { if (fields[index]) put(fields[index], value) })
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
    glimpses()
    threadKeys()
    replyFields()
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready)
  else ready()
})()
