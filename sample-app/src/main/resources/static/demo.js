'use strict';

// Shows the state of the endpoint, the store and the local CloudFront. Changes it only when a button is pressed.

const byId = (id) => document.getElementById(id);
const usd = (amount) => '$' + Number(amount).toFixed(3);
const items = (count) => count + (count === 1 ? ' item' : ' items');
const FINAL = ['COMPLETED', 'FAILED', 'EMPTY'];

let shownRun = null;
let running = null;

async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.error || 'The application returned status ' + response.status);
  }
  return body;
}

const post = (path, body) => call(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: body});

function say(text) {
  byId('said').textContent = text;
}

function complain(text) {
  byId('error').textContent = text;
  byId('error').hidden = !text;
}

function fill(list, entries, make) {
  list.replaceChildren(...entries.map((entry) => {
    const item = document.createElement('li');
    make(item, entry);
    return item;
  }));
}

function bar(item, text, value, max) {
  const meter = document.createElement('meter');
  meter.max = max;
  meter.value = value;
  meter.setAttribute('aria-label', text);
  item.append(text, meter);
}

const versionOf = (page) => (/Version (\d+)/.exec(page.html) || [])[1];
const priceOf = (page) => (/class="price">([^<]+)</.exec(page.html) || [])[1];

async function load() {
  const path = byId('path').value;
  const {origin, edge} = await call('/demo/view?path=' + encodeURIComponent(path));
  byId('origin').srcdoc = origin.html;
  byId('edge').srcdoc = edge.html;
  byId('origin-version').textContent = versionOf(origin) ? 'version ' + versionOf(origin) : 'current';
  byId('edge-version').textContent = versionOf(edge) ? 'version ' + versionOf(edge) : 'cached';
  byId('edge-cache').textContent = edge.cache;
  byId('edge-age').textContent = 'age ' + (edge.age || 0) + ' s';
  const stale = origin.html !== edge.html;
  byId('verdict').className = stale ? 'bad' : 'good';
  byId('verdict').textContent = stale
    ? 'The edge is stale: it shows ' + (priceOf(edge) || 'an old page') + ', but the origin shows ' + (priceOf(origin) || 'a new page') + '.'
    : 'The origin and the edge show the same page.';
}

function selection() {
  switch (byId('what').value) {
    case 'tag':
      return {tags: 'product:' + (byId('path').value.split('/')[2] || '7')};
    case 'pattern':
      return {matching: '/products/*/reviews/*'};
    default:
      return {};
  }
}

const folderOf = (path) => path.slice(0, path.lastIndexOf('/') + 1);

async function dryRun() {
  const plan = await post('/demo/invalidate', JSON.stringify({...selection(), dryRun: 'true'}));
  const folders = new Map();
  for (const item of plan.plan) {
    folders.set(folderOf(item), (folders.get(folderOf(item)) || 0) + 1);
  }
  const most = Math.max(1, ...folders.values());
  fill(byId('plan'), [...folders].sort((a, b) => b[1] - a[1]), (item, [folder, count]) =>
    bar(item, folder + ': ' + count, count, most));
  const prices = [
    ['This plan', plan.items, plan.cost.usd],
    ['Every path individually', plan.everyPath.items, plan.everyPath.usd],
    ['Everything, with /*', plan.everything.items, plan.everything.usd],
  ];
  byId('plan-price').replaceChildren(...prices.flatMap(([name, count, price]) => {
    const term = document.createElement('dt');
    term.textContent = name;
    const value = document.createElement('dd');
    value.textContent = items(count) + ', ' + usd(price);
    return [term, value];
  }));
  byId('plan-price').hidden = false;
  byId('plan-empty').hidden = true;
  say('Nothing was sent. The run would send ' + items(plan.planTotal) + ' for ' + usd(plan.cost.usd) + ' beyond the free items.');
}

async function invalidate() {
  const run = await post('/demo/invalidate', JSON.stringify(selection()));
  running = run.id;
  say('Run ' + run.id.slice(0, 8) + ' is queued.');
}

function showRun(run) {
  byId('run-state').textContent = run.state;
  byId('run-state').className = run.state === 'FAILED' ? 'bad' : run.state === 'COMPLETED' ? 'good' : '';
  const accepted = run.batches.filter((batch) => batch.invalidationId).reduce((sum, batch) => sum + batch.items, 0);
  byId('progress').max = Math.max(1, run.items || 0);
  byId('progress').value = FINAL.includes(run.state) && run.state !== 'FAILED' ? byId('progress').max : accepted;
  byId('run-numbers').textContent = run.paths === null ? 'No paths are claimed yet.'
    : run.paths + ' tracked paths, ' + accepted + ' of ' + run.items + ' items accepted, ' + usd(run.cost.usd) + '.'
      + (run.rejected.length ? ' Rejected: ' + run.rejected.map((path) => path.path).join(' ') : '');
  const most = Math.max(1, ...run.batches.map((batch) => batch.items));
  fill(byId('batches'), run.batches, (item, batch) =>
    bar(item, (batch.invalidationId || 'not accepted') + ': ' + items(batch.items) + ', ' + batch.state
      + (batch.attempts > 1 ? ', ' + batch.attempts + ' attempts' : ''), batch.items, most));
}

function show(state) {
  byId('tracked-count').textContent = state.overview.tracked;
  fill(byId('tracked'), state.tracked.paths, (item, path) => {
    item.textContent = path.path;
  });
  byId('billed-items').textContent = items(state.billed);
  byId('billed-price').textContent = 'Month to date: ' + usd(state.overview.monthToDate.usd)
    + ' beyond the free items. The edge holds ' + state.cached + ' pages.';
  fill(byId('billed'), [...state.invalidations].reverse().slice(0, 50), (item, invalidation) => {
    item.textContent = invalidation.id + ': ' + items(invalidation.items) + ', ' + invalidation.status;
  });
  const run = state.run;
  if (!run) {
    return;
  }
  showRun(run);
  if (run.id === running && FINAL.includes(run.state)) {
    running = null;
    if (run.state === 'FAILED') {
      complain('CloudFront did not accept the run: ' + run.error);
      say('Paths that were not accepted remain tracked.');
    }
    else {
      complain('');
      say('Run ' + run.id.slice(0, 8) + ' is ' + run.state.toLowerCase() + '.');
    }
  }
  if (FINAL.includes(run.state) && shownRun !== run.id + run.state) {
    shownRun = run.id + run.state;
    load().catch((error) => complain(error.message));
  }
}

async function refresh() {
  try {
    if (!document.hidden) {
      show(await call('/demo/state'));
    }
  }
  catch (error) {
    complain('Could not load the state: ' + error.message);
  }
  setTimeout(refresh, 400);
}

function onClick(id, action) {
  const button = byId(id);
  button.addEventListener('click', async () => {
    button.disabled = true;
    complain('');
    try {
      await action();
    }
    catch (error) {
      complain(error.message);
    }
    finally {
      button.disabled = false;
    }
  });
}

onClick('reload', load);
onClick('price', async () => {
  const product = byId('path').value.split('/')[2] || '7';
  const {price} = await post('/demo/price?product=' + product);
  await load();
  say('The price is now ' + price + ' EUR.');
});
onClick('browse', async () => {
  const {pages} = await post('/demo/browse');
  say(pages + ' pages were requested through the edge.');
});
onClick('dry-run', dryRun);
onClick('invalidate', invalidate);
onClick('break', async () => {
  const {next} = await post('/demo/break?how=' + byId('how').value);
  say(next + '.');
});
byId('path').addEventListener('change', () => load().catch((error) => complain(error.message)));
load().catch((error) => complain(error.message));
refresh();
