// SPDX-License-Identifier: Apache-2.0
// What test/e2e/page.py asks of a page that is open in a browser: an object
// of functions, each of which returns the faults it sees, in words.
(() => {
  const LEAST_TEXT = 4.5, LEAST_SHAPE = 3;  // WCAG 2.2: 1.4.3, 1.4.11

  const all = (selector) => [...document.querySelectorAll(selector)];
  const tell = (e) => `<${e.tagName.toLowerCase()} class="` +
      `${e.getAttribute('class') || ''}"> ` +
      `${e.textContent.trim().slice(0, 40)}`;
  const seen = (e) => e.checkVisibility({
    visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true,
  });

  // Text nodes with something in them, as [node, element around it].
  function texts() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
      const node = walk.currentNode, e = node.parentElement;
      if (node.data.trim() && !e.closest('script, style, svg title'))
        found.push([node, e]);
    }
    return found;
  }

  function boxes(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((r) => r.width && r.height);
  }

  // [red, green, blue, alpha], 0 to 1.
  function colour(css) {
    const rgb = css.match(/^rgba?\(([^)]*)\)$/);
    const n = (rgb ? rgb[1] : '').split(/[\s,/]+/).map(Number);
    if (n.length < 3 || n.some(isNaN))
      throw new Error(`not understood: colour ${css}`);
    return [n[0] / 255, n[1] / 255, n[2] / 255, n.length > 3 ? n[3] : 1];
  }

  const over = (top, under) => [0, 1, 2].map(
      (i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);

  function ground(e) {
    if (!e)
      return [1, 1, 1, 1];
    const style = getComputedStyle(e);
    if (style.backgroundImage !== 'none')
      throw new Error(`not understood: a picture behind ${tell(e)}`);
    const own = colour(style.backgroundColor);
    return own[3] === 1 ? own : over(own, ground(e.parentElement));
  }

  function luminance(c) {
    const [r, g, b] = c.slice(0, 3).map(
        (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(css, under, e) {
    let top = colour(css);
    for (let up = e; up; up = up.parentElement)
      top = [...top.slice(0, 3), top[3] * getComputedStyle(up).opacity];
    const [a, b] = [luminance(over(top, under)), luminance(under)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  const faint = (ratio, least, e) =>
      ratio < least ? [`${ratio.toFixed(2)}: ${tell(e)}`] : [];

  return {
    overflow() {
      const width = document.documentElement.clientWidth;
      const found = [];
      if (document.documentElement.scrollWidth > width)
        found.push(`${document.documentElement.scrollWidth} > ${width}`);
      for (const [node, e] of texts())
        for (const r of seen(e) ? boxes(node) : [])
          if (r.right > width + 1 || r.left < -1)
            found.push(`${r.left}..${r.right}: ${tell(e)}`);
      return found;
    },

    // Text that lies outside a box that hides or scrolls it.
    cut() {
      return all('body *').filter((e) => {
        const style = getComputedStyle(e);
        return seen(e) && !e.closest('svg') && style.display !== 'inline' &&
            (style.overflowX !== 'visible' || style.overflowY !== 'visible') &&
            (e.scrollWidth > e.clientWidth + 1 ||
             e.scrollHeight > e.clientHeight + 1);
      }).map(tell);
    },

    // All text is there but what a reader of paper has no use for.
    hidden() {
      const screenOnly = 'nav, details.more > summary';
      return texts().filter(([node, e]) => !e.closest(screenOnly) &&
          (!seen(e) || !boxes(node).length)).map(([, e]) => tell(e));
    },

    verdict(word) {
      const e = document.querySelector('.verdict');
      const r = e && e.getBoundingClientRect();
      if (!e || !e.textContent.endsWith(word))
        return ['the verdict is not said'];
      return seen(e) && r.top >= 0 && r.bottom <= innerHeight ?
          [] : [`${r.top}..${r.bottom} of ${innerHeight}`];
    },

    text_contrast() {
      return texts().filter(([, e]) => seen(e)).flatMap(([, e]) => {
        const style = getComputedStyle(e);
        const svg = e.closest('svg');
        const css = svg ? style.fill : style.color;
        return faint(contrast(css, ground(svg || e), e), LEAST_TEXT, e);
      });
    },

    shape_contrast() {
      const shapes = all('svg rect, svg circle, svg path').map(
          (e) => [e, getComputedStyle(e).fill, e.closest('svg')]);
      const dots = all('.dot').map((e) => [
        e, getComputedStyle(e).backgroundColor, e.parentElement]);
      return shapes.concat(dots).filter(([e]) => seen(e)).flatMap(
          ([e, css, under]) =>
              faint(contrast(css, ground(under), e), LEAST_SHAPE, e));
    },

    labels() {
      return all('svg').filter((e) => {
        const by = document.getElementById(e.getAttribute('aria-labelledby'));
        const label = by ? by.textContent : e.getAttribute('aria-label');
        return e.getAttribute('role') !== 'img' || !(label || '').trim();
      }).map(tell);
    },

    headings() {
      const levels = all('h1, h2, h3, h4, h5, h6').map((e) => +e.tagName[1]);
      const found = levels.flatMap((n, i) => n > (i ? levels[i - 1] : 0) + 1 ?
          [`heading ${i + 1} is an h${n} after h${levels[i - 1]}`] : []);
      const first = levels.filter((n) => n === 1).length;
      return first === 1 ? found : found.concat(`${first} h1`);
    },

    links() {
      const ids = all('[id]').map((e) => e.id);
      const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
      return twice.map((id) => `twice: ${id}`).concat(
          all('a').map((e) => e.getAttribute('href')).filter(
              (to) => !to.startsWith('#') || !ids.includes(to.slice(1))));
    },

    unfold() {
      all('details').forEach((e) => { e.open = true; });
      return [];
    },
  };
})()
