// The search page: asks Pagefind's index, which lies on this site, and shows what it finds. Nothing leaves the browser.
const form = document.querySelector('#search')
const found = document.querySelector('#found')
const list = document.querySelector('#results')
const more = document.querySelector('#more')
const filters = ['kind', 'topic', 'contributor']
const pageSize = 10
const mostHits = 4

let results = []
let shown = 0
let asked = 0
// The topic whose pages come first, if the search was begun on one of them.
let first = ''

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name)
  if (text) made.append(text)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

// An excerpt is text with marks in it: nothing else of it is taken over.
const excerpt = html => {
  const made = element('p')
  for (const node of new DOMParser().parseFromString(html, 'text/html').body.childNodes) {
    made.append(node.nodeName === 'MARK' ? element('mark', node.textContent) : node.textContent)
  }
  return made
}

// Pagefind finds headings; a response's heading lies inside what a reader wants to see.
const address = url => url.replace(/#(response-.+):by$/, '#$1')

const hits = data => data.sub_results
  .filter(hit => hit.url.includes('#'))
  .filter(hit => !/#response-.+:by$/.test(hit.url) || !form.contributor.value || hit.title === form.contributor.value)
  .slice(0, mostHits)

const item = data => {
  const made = element('li')
  const title = element('h2')
  title.append(element('a', data.meta.title, { href: data.url }))
  made.append(title)
  const notes = [data.filters.kind?.[0], data.meta.date].filter(Boolean)
  if (notes.length) made.append(element('p', notes.join(' · '), { class: 'meta' }))
  const parts = hits(data)
  if (!parts.length || data.sub_results.some(hit => !hit.url.includes('#'))) made.append(excerpt(data.excerpt))
  if (parts.length) {
    const inner = element('ul', '', { class: 'hits' })
    for (const hit of parts) {
      const part = element('li')
      part.append(element('a', hit.title, { href: address(hit.url) }), excerpt(hit.excerpt))
      inner.append(part)
    }
    made.append(inner)
  }
  return made
}

// Takes the place of what is there only when all of it has come, so that nothing flickers while words are typed.
const show = async (turn, from) => {
  const loaded = await Promise.all(results.slice(from, from + pageSize).map(result => result.data()))
  if (turn !== asked) return
  const items = loaded.map(item)
  if (from === 0) list.replaceChildren(...items)
  else list.append(...items)
  shown = from + items.length
  more.hidden = shown >= results.length
  return items[0]?.querySelector('a')
}

const choices = () => Object.fromEntries(filters.filter(name => form[name].value).map(name => [name, form[name].value]))

const remember = () => {
  const state = new URLSearchParams()
  for (const name of ['q', ...filters, 'order']) if (form[name].value) state.set(name, form[name].value)
  if (first) state.set('first', first)
  const query = state.toString()
  history.replaceState(null, '', query ? `?${query}` : location.pathname)
}

const search = async pagefind => {
  const turn = ++asked
  remember()
  const query = form.q.value.trim()
  const chosen = choices()
  if (!query && !Object.keys(chosen).length) {
    results = []
    list.replaceChildren()
    found.textContent = ''
    more.hidden = true
    return
  }
  const find = async filters => (await pagefind.search(query || null, {
    filters, sort: form.order.value ? { date: 'desc' } : undefined,
  })).results
  const all = await find(chosen)
  // Who asks from a page of a guide looks for what is in the guide.
  const near = first && query && !chosen.topic && !form.order.value ? await find({ ...chosen, topic: first }) : []
  if (turn !== asked) return
  const known = new Set(near.map(result => result.id))
  results = [...near, ...all.filter(result => !known.has(result.id))]
  await show(turn, 0)
  if (turn === asked) {
    found.textContent = results.length ? `${found.dataset.found} ${results.length}` : found.dataset.nothing
  }
}

const offer = (name, counts, wanted) => {
  for (const value of Object.keys(counts ?? {}).sort((a, b) => a.localeCompare(b))) {
    form[name].append(element('option', value, { value }))
  }
  if (wanted) form[name].value = wanted
  form[name].closest('label').hidden = form[name].options.length < 2
}

// Arrows walk through what was found; Escape goes back to the words.
const walk = event => {
  const links = [form.q, ...list.querySelectorAll('a')]
  const here = links.indexOf(document.activeElement)
  if (event.key === 'Escape' && here > 0) form.q.focus()
  if (here < 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
  const next = links[here + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

const start = async () => {
  const wanted = new URLSearchParams(location.search)
  form.q.value = wanted.get('q') ?? ''
  first = wanted.get('first') ?? ''
  form.q.focus()
  form.addEventListener('submit', event => event.preventDefault())
  document.addEventListener('keydown', walk)
  let pagefind
  try {
    pagefind = await import(form.dataset.index + 'pagefind.js')
    await pagefind.options({ baseUrl: form.dataset.home, excerptLength: 24 })
    await pagefind.init()
    const known = await pagefind.filters()
    for (const name of filters) offer(name, known[name], wanted.get(name))
  } catch {
    found.textContent = found.dataset.failed
    return
  }
  form.order.value = wanted.get('order') ?? ''
  const ask = () => search(pagefind).catch(() => { found.textContent = found.dataset.failed })
  form.q.addEventListener('input', ask)
  form.addEventListener('change', event => { if (event.target !== form.q) ask() })
  more.addEventListener('click', async () => (await show(asked, shown))?.focus())
  await ask()
}

start()
