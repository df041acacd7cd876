// Everything on the site can be read and answered without this script. It remembers light or dark, lets "/" reach the
// search, copies links, shows where a link leads, walks through a thread by keys, marks what is new for those who ask for it,
// splits the reply form into fields, and keeps the fragment when an old address sends on.
// A build puts the words that it names into `stoaWords`, so that they are not on every page.
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

  // The id that a link leads to; none where the fragment is not percent-encoded correctly.
  const idIn = link => { try { return decodeURIComponent(link.hash.slice(1)) } catch { return '' } }

  const now = () => new Date().toISOString().replace(/\.\d+/, '')

  // The other of the two, until the next press returns to what the system says.
  const lightOrDark = () => {
    const button = document.querySelector('.switch')
    if (!button) return
    const system = () => matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
    const shown = () => root.dataset.theme ?? system()
    const pictures = document.querySelectorAll('.prose picture > source')
    const tell = () => {
      button.setAttribute('aria-pressed', String(shown() === 'dark'))
      for (const source of pictures) {
        source.media = !root.dataset.theme ? '(prefers-color-scheme: dark)' : shown() === 'dark' ? 'all' : 'not all'
      }
    }
    tell()
    button.addEventListener('click', () => {
      const wanted = shown() === 'dark' ? 'light' : 'dark'
      const isSystem = wanted === system()
      if (isSystem) delete root.dataset.theme
      else root.dataset.theme = wanted
      tell()
      if (isSystem) say(stoaWords['theme-system'])
      try {
        if (isSystem) localStorage.removeItem('theme')
        else localStorage.setItem('theme', wanted)
      } catch { /* private windows forget */ }
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

  const element = (name, ...content) => {
    const made = document.createElement(name)
    made.append(...content)
    return made
  }

  const copy = async text => {
    try { await navigator.clipboard.writeText(text) } catch { return false }
    return true
  }

  // What was written as text stays text in markdown.
  const escapeMarkdown = text => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/^(\s*)([-+=]|\d+(?=[.)]))/gm, (_, space, mark) => space + (/\d/.test(mark) ? mark + '\\' : '\\' + mark))

  // Below what it is about where there is room, else above, and never beyond the page's sides.
  const placeBeside = (box, at) => {
    const own = box.getBoundingClientRect()
    const isBelow = at.bottom + own.height + 8 < innerHeight || at.top < own.height
    const frame = box.offsetParent?.getBoundingClientRect()
    const [x, y] = !frame || box.offsetParent === document.body ? [-scrollX, -scrollY] : [frame.left, frame.top]
    box.style.top = `${(isBelow ? at.bottom + 4 : at.top - own.height - 4) - y}px`
    box.style.left = `${Math.max(8, Math.min(at.left, root.clientWidth - own.width - 8)) - x}px`
  }

  const copyLinks = () => {
    for (const heading of document.querySelectorAll('.prose :is(h2, h3, h4, h5, h6)[id]')) {
      const link = document.createElement('a')
      link.className = 'anchor copy'
      link.href = `#${heading.id}`
      link.setAttribute('aria-label', `${stoaWords['copy-link']}: ${heading.textContent}`)
      heading.append(link)
    }
    // The link is followed as well, so that the address bar and the highlight tell what was copied.
    document.addEventListener('click', async event => {
      offer?.remove()
      const link = event.target.closest?.('a.copy')
      if (!link || !await copy(link.href)) return
      say(stoaWords['copied'])
      offerCitations(link)
    })
    document.addEventListener('keydown', event => { if (event.key === 'Escape') offer?.remove() })

    // The same with who said it, where, and when: as markdown, or as plain words.
    let offer
    const offerCitations = link => {
      const response = link.closest('.response')
      const words = selector => [...(response ?? document).querySelectorAll(selector)].map(node => node.textContent.trim()).join(', ')
      const what = `${words(response ? '.who' : '.byline .p-name')}: ${document.querySelector('h1').textContent.trim()}`
      const date = words(response ? '.when .dt-published' : '.byline .dt-published')
      offer = document.createElement('div')
      offer.className = 'glimpse offer'
      for (const [name, text] of [
        [stoaWords['copy-markdown'], `[${escapeMarkdown(what)}](${link.href}), ${date}`],
        [stoaWords['copy-text'], `${what}, ${date}. ${link.href}`],
      ]) {
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'quiet'
        button.textContent = name
        button.addEventListener('click', () => copy(text).then(isCopied => isCopied && say(stoaWords['copied'])))
        offer.append(button)
      }
      // Behind the link, so that the next Tab reaches it.
      link.after(offer)
      placeBeside(offer, link.getBoundingClientRect())
    }
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
      const id = idIn(url)
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
      placeBeside(box, link.getClientRects()[0])
    }
    const leadsOn = node => {
      const found = node.closest?.('main a[href]')
      if (!found || found.origin !== location.origin || !/\/$/.test(found.pathname)) return null
      if (found.matches('.copy, .reply-to, .when, .button, .glimpse a')) return null
      return found.pathname !== location.pathname || document.getElementById(idIn(found))?.matches('.response, .prose *')
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
    if (!document.querySelector('.responses > .thread')) return
    let help
    const showKeys = () => {
      if (!help) {
        const keys = [
          ['j', stoaWords['key-next']], ['k', stoaWords['key-previous']], ['u', stoaWords['key-parent']],
          ...document.getElementById('reply') ? [['q', stoaWords['key-quote']]] : [],
          ['/', stoaWords['key-search']], ['?', stoaWords['key-help']],
        ]
        const title = element('h2', stoaWords['keys'])
        title.id = 'keys-title'
        const form = element('form', element('button', stoaWords['keys-close']))
        form.method = 'dialog'
        const rows = keys.flatMap(([key, words]) => [element('dt', element('kbd', key)), element('dd', words)])
        help = element('dialog', title, element('dl', ...rows), form)
        help.className = 'keys'
        help.setAttribute('aria-labelledby', title.id)
        document.body.append(help)
      }
      help.showModal()
    }
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
      if (event.key === '?') return showKeys()
      const step = Object.hasOwn(steps, event.key) && steps[event.key]
      if (!step || help?.open) return
      const all = responses()
      go(step(all, all.indexOf(current())))
    })
    // The line beside a thread folds it.
    document.addEventListener('click', event => {
      if (event.target.matches('.replies > .thread')) event.target.parentElement.open = false
    })
    // Tab goes through one response of a long thread, and then on to the form, from when it comes to the first: nothing of it
    // delays a page of thousands.
    if (document.getElementsByClassName('response').length > 40) {
      const reach = (response, index) => {
        for (const stop of response.querySelectorAll('a, summary, input')) stop.tabIndex = index
        const fold = response.nextElementSibling?.querySelector(':scope > summary')
        if (fold) fold.tabIndex = index
      }
      let reached
      document.addEventListener('focusin', event => {
        const inside = event.target.closest('.response, .replies')
        const next = inside?.matches('.replies') ? inside.previousElementSibling : inside
        if (!next || next === reached) return
        for (const left of reached ? [reached] : document.querySelectorAll('.response')) reach(left, -1)
        reach(reached = next, 0)
      })
    }

    const tools = document.querySelector('.through .tools')
    if (!tools) return
    const thread = document.querySelector('.responses > .thread')
    const inOrder = [...thread.children]
    const onClick = (name, act) => tools.querySelector(`.${name}`)?.addEventListener('click', event => act(event.currentTarget))
    const fold = isOpen => { for (const replies of thread.querySelectorAll('.replies')) replies.open = isOpen }
    onClick('expand', () => fold(true))
    onClick('collapse', () => fold(false))
    onClick('keys-help', showKeys)
    onClick('newest', button => {
      const isNewestFirst = button.getAttribute('aria-pressed') !== 'true'
      button.setAttribute('aria-pressed', String(isNewestFirst))
      thread.append(...isNewestFirst ? inOrder.toReversed() : inOrder)
    })
  }

  // What came since the last visit. Nothing is kept before a reader asks for it, and then only here: when that was, and of
  // each conversation with something newer the newest date seen.
  const news = () => {
    const key = `stoa-seen:${document.querySelector('.brand')?.pathname}`
    const buttons = document.querySelectorAll('.mark-new')
    const page = document.querySelector('.conversation') && location.pathname
    if (!buttons.length) return
    const word = stoaWords['new']
    const store = seen => {
      try {
        if (seen) localStorage.setItem(key, JSON.stringify(seen))
        else localStorage.removeItem(key)
      } catch { /* private windows forget */ }
    }
    let seen = (() => { try { return JSON.parse(localStorage.getItem(key)) } catch { return null } })()
    // A day without a time may be any time of it. Lists name the times of responses in seconds.
    const timeOf = text => Date.parse(text.length > 10 ? text : `${text}T23:59:59Z`)
    const timesOf = node => node.dataset.newest?.split(' ').map(time => 1000 * parseInt(time, 36)) ?? []
    // Only for those who asked is every date of a page read.
    const responses = () => page ? [...document.querySelectorAll('.response')] : []
    const time = node => timeOf(node.querySelector('.dt-published')?.dateTime ?? '')
    const newest = () => Math.max(...responses().map(time).filter(Number), ...page ? [time(document)].filter(Number) : [])
    const make = (text, address) => {
      const mark = document.createElement(address ? 'a' : 'span')
      mark.className = 'is-news'
      if (address) mark.href = address
      mark.textContent = text
      return mark
    }
    const sinceWhen = (count, from, until) => {
      const options = { day: 'numeric', month: 'long', timeZone: 'UTC' }
      if (new Date(from).getUTCFullYear() !== new Date(until).getUTCFullYear()) options.year = 'numeric'
      const language = root.lang === 'en' ? 'en-GB' : `${root.lang}-u-nu-latn`
      return stoaWords['mark-new-since'].replace('{count}', count).replace('{date}', new Intl.DateTimeFormat(language, options).format(from))
    }

    const mark = () => {
      for (const item of document.querySelectorAll('.item.h-entry')) {
        const link = item.querySelector('h3 a')
        const from = seen.pages[link.pathname] ?? seen.since
        const times = timesOf(item).filter(time => time > from)
        const isNew = time(item) > seen.since && !(link.pathname in seen.pages)
        const text = isNew ? word : times.length ? sinceWhen(times.length + (times.length > 8 ? '+' : ''), from, times[0]) : ''
        if (text) item.querySelector('.activity').prepend(make(text))
      }
      if (!page) return
      const from = seen.pages[page] ?? seen.since
      const fresh = responses().filter(response => time(response) > from)
      // Each mark leads to the next one.
      fresh.forEach((response, index) => {
        const next = fresh[index + 1]
        response.querySelector('header').append(make(word, next && `#${next.id}`))
      })
      if (fresh.length) {
        const last = Math.max(...fresh.map(time))
        const place = document.querySelector('.byline .details') ?? document.getElementById('responses-title')
        place.append(' ', make(sinceWhen(fresh.length, from, last), `#${fresh[0].id}`))
      }
    }
    const keep = () => {
      const last = newest()
      if (page && last > (seen.pages[page] ?? seen.since)) seen.pages[page] = last
      store(seen)
    }
    const tell = () => {
      for (const button of buttons) {
        button.dataset.start ??= button.textContent
        button.textContent = seen ? stoaWords['mark-new-stop'] : button.dataset.start
      }
    }
    if (seen) {
      mark()
      keep()
    }
    tell()
    for (const button of buttons) {
      button.addEventListener('click', () => {
        if (seen) {
          seen = null
          store(null)
          for (const mark of document.querySelectorAll('.is-news')) mark.remove()
        } else {
          const listed = [...document.querySelectorAll('[data-newest]')].flatMap(timesOf)
          const published = [...document.querySelectorAll('.item.h-entry')].map(time)
          const latest = Math.max(newest(), ...listed, ...published)
          seen = { since: Number.isFinite(latest) ? latest : Date.now(), pages: {} }
          store(seen)
        }
        tell()
        say(seen ? stoaWords['mark-new-on'] : stoaWords['mark-new-off'])
      })
    }
  }

  // Where there is room beside a text, its notes stand beside what they are about.
  const sidenotes = () => {
    const text = document.querySelector('.page:not(:has(.guide)) > .conversation > .text')
    const notes = [...text?.querySelectorAll('.footnotes li') ?? []]
    if (!notes.length) return
    const room = matchMedia('(min-width: 105rem)')
    const marks = new Map()
    for (const mark of [...text.querySelectorAll('.footnote-ref a')].reverse()) marks.set(idIn(mark), mark)
    const place = () => {
      text.classList.toggle('sidenoted', room.matches)
      let free = 0
      for (const note of notes) {
        note.style.top = ''
        if (!room.matches) continue
        const top = Math.max((marks.get(note.id)?.getBoundingClientRect().top ?? 0) - text.getBoundingClientRect().top, free)
        note.style.top = `${top}px`
        free = top + note.offsetHeight + 16
      }
    }
    place()
    // Pictures and faces that come later move the marks.
    for (const happening of ['resize', 'load']) addEventListener(happening, place)
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
  const issueOf = (box, text, stance, parentOf) => {
    const { marker, markerName, tooLong } = box.dataset
    // Without a script, the marker is the value of what is chosen.
    const line = document.createElement('input')
    line.type = 'hidden'
    line.name = markerName
    stance?.removeAttribute('name')
    const textName = text.name
    const field = document.createElement('input')
    field.type = 'hidden'
    box.append(line, field)
    text.removeAttribute('name')
    text.removeAttribute('maxlength')
    box.addEventListener('submit', event => {
      line.value = marker + (parentOf() ? `#response-${parentOf()}` : '') + (stance?.value.slice(marker.length) ?? '')
      field.value = (markerName ? '' : `<!-- ${line.value} -->\n\n`) + text.value.trim()
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

  // Words that were selected in a text, with their source, for the form.
  const quotations = take => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'quote-this'
    button.textContent = stoaWords['quote']
    let prose
    document.addEventListener('selectionchange', () => {
      const selection = getSelection()
      const range = selection.rangeCount && selection.toString().trim() && selection.getRangeAt(0)
      const node = range && range.commonAncestorContainer
      prose = node && (node.closest ? node : node.parentElement).closest('.conversation .prose')
      if (!prose) return button.remove()
      document.body.append(button)
      placeBeside(button, [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect())
    })
    // A press must not take the selection away.
    button.addEventListener('pointerdown', event => event.preventDefault())
    button.addEventListener('mousedown', event => event.preventDefault())
    button.addEventListener('click', () => {
      const response = prose.closest('.response')
      const name = (response?.querySelector('.who') ?? document.querySelector('h1')).textContent.trim()
      const home = document.querySelector('.brand')?.pathname ?? '/'
      const place = location.pathname.slice(home.length - 1) + (response ? `#${response.id}` : '')
      const lines = escapeMarkdown(getSelection().toString().trim()).split(/\r?\n/)
      lines.push('', `— [${escapeMarkdown(name)}](${place})`)
      getSelection().removeAllRanges()
      take(response, lines.map(line => `> ${line}`.trimEnd()).join('\n') + '\n\n')
    })
    document.addEventListener('keydown', event => {
      if (event.key === 'q' && button.isConnected && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault()
        button.click()
      }
    })
  }

  // A response that is answered in the form below, drafts, and for a forge a file made of fields instead of a text with
  // front matter in it.
  const replyFields = () => {
    const box = document.querySelector('.reply-form')
    const command = document.querySelector('.command')
    const title = document.getElementById('reply-title')
    if (!title) return
    const back = element('button', stoaWords['reply-to-post'])
    back.type = 'button'
    back.className = 'quiet'
    const target = element('p', element('strong'), back)
    target.className = 'reply-target'
    target.hidden = true
    title.after(target)
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
    back.addEventListener('click', () => {
      answer('')
      if (!box) return
      keep()
      text.focus()
    })
    if (!box) return

    const [name, website] = box.querySelectorAll('input:not([type=hidden])')
    const text = box.querySelector('textarea')
    const stance = box.querySelector('select')
    const fields = [name, website, text, stance, ...box.querySelectorAll('[name=mail], [name=tell]')].filter(Boolean)
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
    const arrived = idIn(location)
    if (arrived === 'reply-sent' || (kept?.known && ids().includes(arrived) && !kept.known.includes(arrived))) {
      // What was sent stands on the page, or waits for a moderator.
      draft.forget()
    } else if (kept) {
      kept.values.forEach((value, index) => { if (fields[index]) put(fields[index], value) })
      answer(kept.parent)
    }
    box.addEventListener('input', () => keep())
    quotations((response, quotation) => {
      answer(response?.id.slice('response-'.length) ?? parent)
      text.value += (text.value ? text.value.endsWith('\n') ? '\n' : '\n\n' : '') + quotation
      keep()
      text.focus({ preventScroll: true })
      text.setSelectionRange(text.value.length, text.value.length)
      document.getElementById('reply').scrollIntoView()
    })
    // A browser that keeps no draft but the fields keeps the hidden one with them.
    addEventListener('pageshow', () => { if (hidden?.value && hidden.value !== parent) answer(hidden.value) })
    if (isSent) {
      box.addEventListener('submit', () => keep(ids()))
      return
    }

    if ('marker' in box.dataset) return issueOf(box, text, stance, () => parent)

    // A JSON string is a YAML string.
    const file = () => '---\n' + `guest: ${JSON.stringify(name.value.trim())}\n`
      + (website.value ? `url: ${JSON.stringify(website.value)}\n` : '')
      + ('dated' in box.dataset ? `date: ${now()}\n` : '')
      + (parent ? `reply-to: ${parent}\n` : '') + (stance?.value ? `stance: ${stance.value}\n` : '') + `---\n\n${withHardBreaks(text.value)}\n`
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
        copy(file()).then(isCopied => isCopied && say(stoaWords['copied']))
      })
    }
  }

  // A question has the day of its writing, which the build did not know.
  const dateQuestion = () => {
    const link = document.querySelector('.ask')
    if (link) link.href = link.href.replace(/(%0Adate%3A%20)[-\d]+/, `$1${now().slice(0, 10)}`)
  }

  const ready = () => {
    dateQuestion()
    lightOrDark()
    slashToSearch()
    copyLinks()
    glimpses()
    sidenotes()
    threadKeys()
    news()
    replyFields()
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready)
  else ready()
})()
