// The search page: reads the index that the build wrote beside it, of which a question needs a few files, and shows what it
// finds. Nothing leaves the browser. The ranking is that of `stoa search`; both are defined in Sources/Search.

// ---- Words, as Sources/Words takes texts apart

const unspaced = /[\u0E00-\u0EFF\u1000-\u109F\u1100-\u11FF\u1780-\u17FF\u3005-\u3007\u3041-\u318F\u31A0-\u31BF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC\u{1B000}-\u{1B16F}\u{20000}-\u{3FFFF}]/u
const partOfUnspaced = /[\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nl}]/u
const longest = 40

// Each word with the place where it begins and ends.
export const words = text => {
  const found = []
  let [word, length, marked, start, neighbour, run, at] = ['', 0, false, 0, '', 0, 0]
  const hand = end => {
    if (length <= longest) {
      if (marked) word = word.normalize('NFC')
      if ([...word].length <= longest) found.push([word, start, end])
    }
    word = ''
    length = 0
    marked = false
  }
  const add = letters => {
    if (!length) start = at
    word += letters
    length += [...letters].length
  }
  const end = place => {
    if (length) hand(place)
    else if (run === 1) {
      word = neighbour
      length = 1
      hand(place)
    }
    neighbour = ''
    run = 0
  }
  let last = 0
  for (const scalar of text) {
    if (unspaced.test(scalar) && !/\p{Nd}/u.test(scalar)) {
      if (length) end(last)
      if (!partOfUnspaced.test(scalar)) end(last)
      else {
        if (neighbour) {
          word = neighbour + scalar
          length = 2
          hand(at + scalar.length)
        }
        start = at
        neighbour = scalar
        run++
      }
    } else if (/[\p{L}\p{Nd}]/u.test(scalar)) {
      if (neighbour) end(last)
      const code = scalar.codePointAt()
      const plain = code > 0xFF00 && code < 0xFF5F ? String.fromCodePoint(code - 0xFEE0) : scalar
      add(/\p{L}/u.test(scalar) ? plain.toLowerCase() : plain)
    } else if (/\p{M}/u.test(scalar)) {
      if (length && !/\p{Variation_Selector}/u.test(scalar)) {
        add(scalar)
        marked = true
      }
    } else if (scalar === '\u200B' || !/\p{Cf}/u.test(scalar)) end(last)
    at += scalar.length
    last = at
  }
  end(last)
  return found
}

// ---- The index

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

// Numbers of five bits a digit, the lowest first; all but a number's last digit are 32 more.
const numbers = text => {
  const found = []
  let [value, shift] = [0, 0]
  for (const digit of text) {
    const bits = digits.indexOf(digit)
    value |= (bits & 31) << shift
    shift += 5
    if (bits < 32) {
      found.push(value)
      value = shift = 0
    }
  }
  return found
}

const order = (a, b) => {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((letter, index) => letter !== right[index])
  return at < 0 ? left.length - right.length : left[at].codePointAt() - (right[at]?.codePointAt() ?? -1)
}

// 256 times the binary logarithm of (all + some) / some, linear between powers of two.
const rarity = (all, some) => {
  const ratio = Math.floor(256 * (all + some) / some)
  const bits = 31 - Math.clz32(ratio)
  return bits * 256 + Math.floor(ratio * 256 / 2 ** bits) - 2304
}

// Whether two words differ by one letter too many, one too few, another one, or two that changed places.
const isSlip = (a, b) => {
  const [left, right] = [[...a], [...b]]
  while (left.length && left[0] === right[0]) { left.shift(); right.shift() }
  while (left.length && left.at(-1) === right.at(-1)) { left.pop(); right.pop() }
  return left.length < 2 && right.length < 2 || left.length === 2 && left.join() === right.reverse().join()
}

// - read(name): the text of a file of the index.
export const openIndex = async read => {
  const root = JSON.parse(await read('root.txt'))
  const files = {}
  // The lines of a file, each with the word that it begins with and the numbers that follow.
  const lines = (family, file) => files[family + file] ??= read(`${family}${file}.txt?${root.stamps[family].slice(4 * file, 4 * file + 4)}`)
    .then(text => text.split('\n').slice(0, -1))
  const entries = async (family, places) => (await Promise.all([...new Set(places)].map(file => lines(family, file)))).flat()
    .map(line => line.split(' ')).map(([term, rest]) => ({ term, rest, get count() { return numbers(rest.slice(0, 4))[0] } }))
  // The file of a family that would hold a word, and the next ones if they may hold words that begin with it.
  const place = (family, word) => Math.max(0, root[family].findLastIndex(first => order(first, word) <= 0))
  const places = (family, word, most) => {
    const found = [place(family, word)]
    while (found.length < most && root[family][found.at(-1) + 1]?.startsWith(word)) found.push(found.at(-1) + 1)
    return found
  }

  const starts = [0]
  for (const size of numbers(root.sizes)) starts.push(starts.at(-1) + size)
  const groups = starts.length - 1
  const total = starts[groups]

  const weight = (found, word, isOpen) => {
    const [length, other] = [[...word].length, [...found].length]
    return found === word ? 16
      : found.startsWith(word) ? (isOpen && length > 1 || length > 3 && other - length < 4) * 8
      : word.startsWith(found) && other > 3 && length - other < 3 ? 6 : 0
  }

  const frequent = (a, b) => b.count - a.count || order(a.term, b.term)

  // A word and its other forms, the word itself first, then the most frequent.
  const forms = async (word, isOpen) => {
    const shorter = [1, 2].map(cut => [...word].slice(0, -cut)).filter(letters => letters.length > 3)
    const all = await entries('words', [...places('words', word, 2), ...shorter.map(letters => place('words', letters.join('')))])
    return all.filter(form => (form.weight = weight(form.term, word, isOpen)))
      .sort((a, b) => (b.term === word) - (a.term === word) || frequent(a, b)).slice(0, 24)
  }

  // The most frequent word that a slip makes of this one. A slip leaves one half of a word as it is.
  const meant = async word => {
    const letters = [...word]
    if (letters.length < 4) return
    const half = letters.length >> 1
    const turn = text => [...text].reverse().join('')
    const across = letters.with(half, letters[half - 1]).with(half - 1, letters[half]).join('')
    const near = [
      ...await entries('spelling', [...places('spelling', letters.slice(0, half).join(''), 3), place('spelling', across)]),
      ...(await entries('reversed', places('reversed', turn(letters.slice(half)), 3))).map(({ term, count }) => ({ term: turn(term), count })),
    ]
    return near.filter(({ term }) => isSlip(term, word)).sort(frequent)[0]?.term
  }

  // Calls back for each text (or group) of a line, with its level; returns how many they are.
  const each = (entry, use) => {
    const all = numbers(entry.rest)
    let held = 0
    for (let at = 1; at < all.length;) {
      const level = all[at++]
      let text = -1
      for (let rest = all[at++]; rest; rest--, held++) use(text += all[at++] + 1, level)
    }
    return held
  }

  // What filters such as ":t3" let through: texts for people, else all of a group.
  const admitted = async chosen => {
    const passes = new Uint8Array(total)
    for (const name of chosen) {
      const entry = (await entries('words', [place('words', name)])).find(({ term }) => term === name)
      if (entry) each(entry, number => {
        const [from, to] = name[1] === 'p' ? [number, number + 1] : [starts[number], starts[number + 1]]
        for (let text = from; text < to; text++) passes[text]++
      })
    }
    return passes
  }

  const search = async (query, chosen, byDate) => {
    const typed = words(query).map(([word]) => word)
    const isOpen = !/[ \u3000]$/.test(query)
    const asked = [...new Set(typed)].slice(0, 12)
    const answer = { results: [], nowhere: [], instead: [], terms: new Set() }
    const passes = await admitted(chosen)
    const isAboutPeople = chosen.some(name => name[1] === 'p')
    const parts = []
    for (const [word, found, other] of await Promise.all(asked.map(async word => {
      const found = await forms(word, isOpen && word === typed.at(-1))
      const other = found.length ? '' : await meant(word)
      return [word, other ? await forms(other) : found, other]
    }))) {
      if (other) answer.instead.push([word, other])
      if (!found.length) {
        answer.nowhere.push(word)
        continue
      }
      const most = Math.max(...found.map(form => form.count))
      const scores = new Int32Array(total)
      const known = found[0].weight === 16 ? found[0].count : most
      const rarest = rarity(total, known)
      const areWhole = found.map(form => {
        answer.terms.add(form.term)
        return each(form, (text, level) => { scores[text] = Math.max(scores[text], form.weight * rarest * level >> 4) }) === form.count
      })
      parts.push({ scores, isNeeded: areWhole.every(Boolean) && known <= Math.max(24, total >> 2) })
    }
    if (asked.length && !parts.length) return answer
    const needed = parts.filter(part => part.isNeeded)
    const telling = needed.length ? needed : parts
    for (let group = 0; group < groups; group++) {
      const tops = parts.map(() => 0)
      const hits = []
      let best = 0
      for (let text = starts[group]; text < starts[group + 1]; text++) {
        let sum = 0
        parts.forEach(({ scores }, number) => {
          sum += scores[text]
          tops[number] = Math.max(tops[number], scores[text])
        })
        if (passes[text] < chosen.length) continue
        if (asked.length ? telling.some(part => part.scores[text]) : text === starts[group] || isAboutPeople) hits.push([text, sum])
        best = Math.max(best, sum)
      }
      if (!hits.length) continue
      hits.sort((a, b) => b[1] - a[1] || a[0] - b[0])
      const matched = parts.filter((part, number) => part.isNeeded && tops[number]).length
      answer.results.push({ group, matched, score: tops.reduce((a, b) => a + b, best), texts: hits.map(([text]) => text) })
    }
    const fullest = Math.max(...answer.results.map(result => result.matched))
    answer.isApart = fullest < needed.length
    answer.results = answer.results.filter(result => result.matched >= fullest - (needed.length > 3 ? needed.length >> 1 : 0))
      .sort((a, b) => (byDate ? 0 : b.score - a.score) || b.group - a.group)
    return answer
  }

  // The fields of a text's line: of the first of a group, what is true of the group.
  const describe = async text => {
    const file = root.tables.findLastIndex(first => first <= text)
    return (await lines('tables', file))[text - root.tables[file]].split('\t')
  }

  return { root, search, describe, first: group => starts[group] }
}

// ---- Sentences

// The sentence of a text that has most of the words, with marks on them; else how the text begins.
const excerpt = (text, terms) => {
  const made = element('p')
  let [best, most, places] = ['', -1, []]
  for (const [sentence] of text.matchAll(/[^.!?。！？\n]+[.!?。！？]*/g)) {
    const found = words(sentence).filter(([word]) => terms.has(word))
    const score = new Set(found.map(([word]) => word)).size
    if (score > most && sentence.trim()) [best, most, places] = [sentence, score, found]
  }
  const from = Math.max(0, (places[0]?.[1] ?? 0) - 120)
  const begin = from ? best.indexOf(' ', from) + 1 || from : 0
  let at = begin
  if (begin) made.append('… ')
  for (const [, start, end] of places) {
    if (start < at || end > begin + 260) continue
    made.append(best.slice(at, start), element('mark', best.slice(start, end)))
    at = end
  }
  made.append(best.slice(at, Math.max(at, begin + 280)) + (best.length > begin + 280 ? '…' : ''))
  return made
}

// The texts of a page by their fragments; only as much of the page is read as holds them.
const mostRead = 1 << 17
const textsOf = async (address, fragments) => {
  const response = await fetch(address)
  const stream = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let html = ''
  const isHeld = fragment => {
    const start = html.indexOf(`id="${fragment || 'responses'}"`)
    return start >= 0 && (!fragment || html.indexOf('</article>', start) > 0)
  }
  while (html.length < mostRead && !fragments.every(isHeld)) {
    const { value, done } = await stream.read()
    if (done) break
    html += value
  }
  stream.cancel().catch(() => {})
  const page = new DOMParser().parseFromString(html, 'text/html')
  // A summary may have words that the text does not have.
  page.querySelector('.prose')?.append('\n', page.querySelector('meta[name=description]')?.content ?? '')
  return fragments.map(fragment => (fragment
    ? page.getElementById(fragment)?.querySelector('[itemprop=text]')
    : page.querySelector('.prose') ?? page.querySelector('main'))?.textContent ?? '')
}

// ---- The page

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name)
  if (text) made.append(text)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

const start = async form => {
  const [found, list, more] = ['#found', '#results', '#more'].map(name => document.querySelector(name))
  const filters = ['kind', 'topic', 'contributor', 'language']
  const said = form.dataset
  const pageSize = 10
  const mostHits = 3
  let [index, answer, shown, turns] = [null, { results: [] }, 0, 0]

  const date = days => {
    if (!days) return ''
    const day = new Date(days * 864e5)
    return fill(said.date, { day: day.getUTCDate(), month: said.months.split('|')[day.getUTCMonth()], year: day.getUTCFullYear() })
  }

  const item = async result => {
    const first = index.first(result.group)
    const [title, path, kind, days, names, beginning] = await index.describe(first)
    const address = said.home + path
    const made = element('li')
    const heading = element('h2', element('a', title, { href: address, dir: 'auto' }))
    const kindName = form.kind.querySelector(`[data-filter=":k${kind}"]`).textContent
    made.append(heading, element('p', [kindName, names, date(days)].filter(Boolean).join(' · '), { class: 'meta' }))
    const hits = result.texts.slice(0, mostHits)
    const places = []
    const { terms } = answer
    // Of long pages, the index has how texts begin.
    const tell = (parent, fragment, beginning) => {
      const summary = beginning === undefined ? element('p') : excerpt(beginning, terms)
      parent.append(summary)
      if (beginning === undefined) places.push([fragment, summary])
    }
    if (hits.includes(first)) tell(made, '', beginning)
    const inner = element('ul', '', { class: 'hits' })
    for (const text of hits.filter(text => text !== first)) {
      const [id, name, days, parent, beginning] = await index.describe(text)
      const part = element('li')
      const notes = [parent && fill(said.reply, { name: parent }), date(days)].filter(Boolean).join(' · ')
      part.append(element('a', name, { href: `${address}#response-${encodeURIComponent(id)}`, dir: 'auto' }), ' ',
        element('span', notes, { class: 'meta' }))
      tell(part, `response-${id}`, beginning)
      inner.append(part)
    }
    if (inner.firstChild) made.append(inner)
    const rest = result.texts.length - hits.length
    if (rest) made.append(element('p', fill(said.here, { count: rest }), { class: 'meta' }))
    // Pages are read for their sentences when the result comes into view.
    made.look = async () => {
      if (!places.length) return
      const texts = await textsOf(address, places.map(([fragment]) => fragment))
      places.forEach(([, summary], number) => summary.replaceWith(excerpt(texts[number], terms)))
    }
    return made
  }

  const seen = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      seen.unobserve(target)
      target.look().catch(() => {})
    }
  })

  // Takes the place of what is there only when all of it has come, so that nothing flickers while words are typed.
  const show = async (turn, from) => {
    const items = await Promise.all(answer.results.slice(from, from + pageSize).map(item))
    if (turn !== turns) return
    if (!from) list.replaceChildren()
    list.append(...items)
    for (const one of items) seen.observe(one)
    shown = from + items.length
    more.hidden = shown >= answer.results.length
    return items[0]?.querySelector('a')
  }

  const wanted = new URLSearchParams(location.search)
  // The topic on one of whose pages the search was begun.
  const begun = wanted.get('first')

  const remember = () => {
    const state = new URLSearchParams()
    for (const name of ['q', ...filters, 'order']) if (form[name].value) state.set(name, form[name].value)
    if (begun) state.set('first', begun)
    history.replaceState(null, '', `?${state}`)
  }

  const ask = async () => {
    const turn = ++turns
    remember()
    const query = form.q.value
    const chosen = filters.filter(name => form[name].value).map(name => form[name].selectedOptions[0].dataset.filter)
    const isAsked = query.trim() || chosen[0]
    const fresh = isAsked ? await index.search(query, chosen, form.order.value) : { results: [] }
    // Who asks from a page of a guide looks for what is in the guide.
    const near = query && !form.order.value && [...form.topic.options].find(({ value }) => value === begun)
    if (near) {
      const { results } = await index.search(query, [...chosen, near.dataset.filter])
      const groups = results.map(result => result.group)
      fresh.results.sort((a, b) => groups.includes(b.group) - groups.includes(a.group))
    }
    if (turn !== turns) return
    answer = fresh
    await show(turn, 0)
    if (turn !== turns) return
    const notes = isAsked ? [
      ...answer.instead.map(([word, other]) => fill(said.instead, { word, other })),
      ...answer.nowhere.map(word => fill(said.nowhere, { word })),
      answer.results.length ? answer.isApart && said.apart : said.nothing,
      answer.results.length && `${said.found} ${answer.results.length}`,
    ] : []
    found.textContent = notes.filter(Boolean).join(' ')
  }

  const offer = (name, prefix, values, label = value => value) => {
    values.forEach((value, number) => form[name].append(element('option', label(value), { value, 'data-filter': prefix(value, number) })))
    form[name].disabled = form[name].options.length < 3
  }

  const fail = () => { found.textContent = said.failed }
  form.q.value = wanted.get('q')
  form.q.focus()
  form.addEventListener('submit', event => event.preventDefault())
  // Arrows walk through what was found; Escape goes back to the words.
  document.addEventListener('keydown', event => {
    const links = [form.q, ...list.querySelectorAll('a')]
    const here = links.indexOf(document.activeElement)
    if (event.key === 'Escape' && here > 0) form.q.focus()
    const next = here >= 0 && links[here + { ArrowDown: 1, ArrowUp: -1 }[event.key]]
    if (!next) return
    event.preventDefault()
    next.focus()
  })
  try {
    index = await openIndex(async name => {
      const response = await fetch(said.index + name, name === 'root.txt' ? { cache: 'no-cache' } : {})
      if (!response.ok) throw name
      return response.text()
    })
    const { topics, people, languages } = index.root
    const names = new Intl.DisplayNames([document.documentElement.lang], { type: 'language' })
    offer('topic', (_, number) => `:t${number}`, topics)
    offer('contributor', (_, number) => `:p${number}`, people)
    offer('language', value => `:l${value}`, languages, value => { try { return names.of(value) } catch { return value } })
    for (const name of filters) if (wanted.get(name)) form[name].value = wanted.get(name)
    form.order.value = wanted.get('order') ?? ''
    const again = () => ask().catch(fail)
    form.q.addEventListener('input', again)
    form.addEventListener('change', event => { if (event.target !== form.q) again() })
    more.addEventListener('click', async () => (await show(turns, shown))?.focus())
    await ask()
  } catch { fail() }
}

if (globalThis.document) {
  const form = document.querySelector('#search')
  if (form) start(form)
}
