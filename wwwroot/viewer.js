// The pictures of the desk: zoom, pan, light, ruler, and pictures fetched ahead, all without a word to the server.
// A stage (data-stage) holds one drawing (svg). What moves is its group data-view; where it stands is { zoom, x, y }: how much larger than
// the whole, and which place of the picture is in the middle, as shares of its width and height. Nothing glides: each step is there at once.
(() => {
  const step = 1.25;
  const largest = 8;
  const views = new WeakMap();
  const measures = new WeakMap();
  const turns = new WeakMap();

  const drawing = (stage) => stage.querySelector('svg');
  const moving = (svg) => svg.querySelector('[data-view]');
  const evidence = (element) => element.closest('[data-pictures]');
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const visible = (element) => element.getClientRects().length > 0;

  // What is known of a drawing at its present size: its frame, how many screen pixels one of its units is when the whole is seen, and the picture's size as it is turned.
  const layout = (svg) => {
    const frame = svg.viewBox.baseVal;
    const box = svg.getBoundingClientRect();
    const scale = Math.min(box.width / frame.width, box.height / frame.height);
    const image = svg.querySelector('image');
    const lying = svg.dataset.turn % 180 !== 0;
    const [width, height] = [image.width.baseVal.value, image.height.baseVal.value];
    return { frame, box, scale, width: lying ? height : width, height: lying ? width : height };
  };

  // A pixel of the picture on a pixel of the screen.
  const actual = (svg) => 1 / (layout(svg).scale * devicePixelRatio);

  const whole = (svg) => {
    const { frame, width, height } = layout(svg);
    return { zoom: 1, x: (frame.x + frame.width / 2) / width, y: (frame.y + frame.height / 2) / height };
  };

  const view = (svg) => views.get(svg) ?? whole(svg);

  // Shows a drawing as its view says, with no more emptiness beside it than the whole has.
  const draw = (svg) => {
    const { frame, box, scale, width, height } = layout(svg);
    if (!(scale > 0)) return;
    const { zoom, x, y } = view(svg);
    const within = (middle, start, length, seen) => seen >= length ? start + length / 2 : clamp(middle, start + seen / 2, start + length - seen / 2);
    const left = within(x * width, frame.x, frame.width, box.width / scale / zoom);
    const top = within(y * height, frame.y, frame.height, box.height / scale / zoom);
    if (views.has(svg)) views.set(svg, { zoom, x: left / width, y: top / height });
    moving(svg).setAttribute('transform', `translate(${frame.x + frame.width / 2 - zoom * left} ${frame.y + frame.height / 2 - zoom * top}) scale(${zoom})`);
    // Words keep their size on the screen.
    svg.style.setProperty('--px', 1 / (scale * zoom));
    drawMeasure(svg, 1 / (scale * zoom));
  };

  // Moves a drawing, and with it those that it is compared with.
  const show = (svg, to) => {
    const zoom = clamp(to.zoom, Math.min(1, actual(svg)), Math.max(largest, actual(svg)));
    views.set(svg, { ...to, zoom });
    draw(svg);
    if (!evidence(svg)?.hasAttribute('data-sync')) return;
    for (const other of evidence(svg).querySelectorAll('[data-stage] svg')) {
      if (other === svg || !visible(other)) continue;
      views.set(other, { ...views.get(svg) });
      draw(other);
    }
  };

  const place = (element, event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(element.getScreenCTM().inverse());

  // The place under the pointer stays under it; without a pointer the middle stays.
  const zoomBy = (svg, by, event) => {
    const before = view(svg);
    const { width, height } = layout(svg);
    const under = event ? place(moving(svg), event) : { x: before.x * width, y: before.y * height };
    const zoom = clamp(before.zoom * by, Math.min(1, before.zoom), Math.max(largest, before.zoom));
    const keep = (middle, point, length) => (point - (point - middle * length) * before.zoom / zoom) / length;
    show(svg, { zoom, x: keep(before.x, under.x, width), y: keep(before.y, under.y, height) });
  };

  const panBy = (svg, right, down) => {
    const { scale, width, height } = layout(svg);
    const { zoom, x, y } = view(svg);
    show(svg, { zoom, x: x + right / scale / zoom / width, y: y + down / scale / zoom / height });
  };

  const tools = {
    larger: (svg) => zoomBy(svg, step),
    smaller: (svg) => zoomBy(svg, 1 / step),
    fit: (svg) => show(svg, whole(svg)),
    actual: (svg) => show(svg, { ...view(svg), zoom: actual(svg) }),
  };

  // The ruler: two places of the picture and the length between them in millimetres, by the plane that data-measure gives (a projective map, row by row).
  const millimetres = (plane, at) => {
    const [a, b, c, d, e, f, g, h, i] = plane;
    const w = g * at.x + h * at.y + i;
    return { x: (a * at.x + b * at.y + c) / w, y: (d * at.x + e * at.y + f) / w };
  };

  const length = (plane, from, to) => {
    const [one, other] = [millimetres(plane, from), millimetres(plane, to)];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };

  const ruler = (svg) => svg.querySelector('[data-measure]');
  const planeOf = (group) => group.dataset.measure.split(' ').map(Number);

  const part = (group, index, name) => {
    const made = group.children[index] ?? group.appendChild(document.createElementNS('http://www.w3.org/2000/svg', name));
    return { set: (values) => Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value)), made };
  };

  // A pixel of the screen is as long as 'unit' in the drawing.
  const drawMeasure = (svg, unit) => {
    const group = ruler(svg);
    if (!group) {
      measures.delete(svg);
      return;
    }
    const plane = planeOf(group);
    const image = svg.querySelector('image');
    const middle = { x: image.width.baseVal.value / 2, y: image.height.baseVal.value / 2 };
    // Single millimetres are drawn where there is room between them.
    svg.toggleAttribute('data-fine', length(plane, middle, { x: middle.x + unit * 4, y: middle.y }) < 1);
    const measure = measures.get(svg);
    if (!measure) {
      group.replaceChildren();
      return;
    }
    const toDrawing = moving(svg).getScreenCTM().inverse().multiply(image.getScreenCTM());
    const [from, to] = [measure.from, measure.to].map(({ x, y }) => new DOMPoint(x, y).matrixTransform(toDrawing));
    const [across, along] = [to.x - from.x, to.y - from.y];
    const long = Math.hypot(across, along) || 1;
    const side = { x: -along / long, y: across / long };
    const mark = { x: side.x * 6 * unit, y: side.y * 6 * unit };
    const d = [[from, to], ...[from, to].map(({ x, y }) => [{ x: x - mark.x, y: y - mark.y }, { x: x + mark.x, y: y + mark.y }])]
      .map(([start, end]) => `M${start.x} ${start.y}L${end.x} ${end.y}`).join('');
    part(group, 0, 'path').set({ d, class: 'halo' });
    part(group, 1, 'path').set({ d });
    // Beside the middle of the line, on its upper side, and clear of it.
    const away = (side.y > 0 ? -1 : 1) * (34 * Math.abs(side.x) + 9 * Math.abs(side.y) + 6) * unit;
    const text = part(group, 2, 'text');
    text.set({ x: (from.x + to.x) / 2 + side.x * away, y: (from.y + to.y) / 2 + side.y * away, 'text-anchor': 'middle', 'dominant-baseline': 'central' });
    const words = `${length(plane, measure.from, measure.to).toFixed(1)} mm`;
    if (text.made.textContent !== words) text.made.textContent = words;
    // The end that the arrow keys move has a handle.
    const moved = measure.end === 'from' ? from : to;
    part(group, 3, 'circle').set({ cx: moved.x, cy: moved.y, r: measure.end ? 5 * unit : 0 });
  };

  // Read out when the hands rest, not with every step.
  const say = (stage) => {
    const spoken = stage.parentElement.querySelector('[data-said]');
    clearTimeout(spoken.waiting);
    spoken.waiting = setTimeout(() => {
      const svg = drawing(stage);
      const measure = measures.get(svg);
      if (!ruler(svg) || !measure?.end) return;
      spoken.textContent = `${length(planeOf(ruler(svg)), measure.from, measure.to).toFixed(1)} mm · ${spoken.dataset[measure.end]}`;
    }, 300);
  };

  // The ruler by keys: the first arrow lays a measure across the middle of what is seen, further ones move one of its ends, so many pixels of the screen.
  const nudge = (stage, right, down) => {
    const svg = drawing(stage);
    const image = svg.querySelector('image');
    const toScreen = image.getScreenCTM();
    const moved = (at, x, y) => {
      const { x: px, y: py } = new DOMPoint(at.x, at.y).matrixTransform(toScreen);
      const to = new DOMPoint(px + x, py + y).matrixTransform(toScreen.inverse());
      return { x: clamp(to.x, 0, image.width.baseVal.value), y: clamp(to.y, 0, image.height.baseVal.value) };
    };
    const measure = measures.get(svg);
    if (measure) {
      const end = measure.end ?? 'from';
      measures.set(svg, { ...measure, end, [end]: moved(measure[end], right, down) });
    } else {
      const box = svg.getBoundingClientRect();
      const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(toScreen.inverse());
      measures.set(svg, { from: moved(middle, -60, 0), to: moved(middle, 60, 0), end: 'from' });
    }
    draw(svg);
    say(stage);
  };

  const measureTo = (svg, event, from) => {
    const to = place(svg.querySelector('image'), event);
    measures.set(svg, { from: from ?? to, to });
    draw(svg);
  };

  // Dragging moves the picture; with the ruler it measures, and Shift or the middle button moves. A measure can be two clicks as well.
  const listen = (stage) => {
    const svg = drawing(stage);
    let held = null;
    let open = false;
    stage.addEventListener('wheel', (event) => {
      event.preventDefault();
      const by = event.deltaY * (event.deltaMode === 0 ? 1 : 16);
      zoomBy(svg, Math.exp(-clamp(by, -300, 300) * 0.0016), event);
    }, { passive: false });
    stage.addEventListener('pointerdown', (event) => {
      if (event.button > 1) return;
      const measuring = !!ruler(svg) && event.button === 0 && !event.shiftKey;
      if (event.button === 1) event.preventDefault();
      held = { x: event.clientX, y: event.clientY, measuring, far: false };
      stage.setPointerCapture(event.pointerId);
      stage.toggleAttribute('data-held', !measuring);
      if (!measuring) return;
      const from = open ? measures.get(svg)?.from : undefined;
      held.second = !!from;
      open = false;
      measureTo(svg, event, from);
    });
    stage.addEventListener('pointermove', (event) => {
      if (!held) {
        if (open && ruler(svg)) measureTo(svg, event, measures.get(svg)?.from);
        return;
      }
      if (held.measuring) {
        held.far ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 4;
        measureTo(svg, event, measures.get(svg)?.from);
        return;
      }
      panBy(svg, held.x - event.clientX, held.y - event.clientY);
      [held.x, held.y] = [event.clientX, event.clientY];
    });
    const release = () => {
      if (held?.measuring) open = !held.far && !held.second;
      held = null;
      stage.removeAttribute('data-held');
    };
    stage.addEventListener('pointerup', release);
    stage.addEventListener('pointercancel', release);
    stage.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const measure = ruler(svg) && measures.get(svg);
      // From the first end to the second and back; beyond them the focus goes on.
      if (event.code === 'Tab' && measure?.end && measure.end === (event.shiftKey ? 'to' : 'from')) {
        event.preventDefault();
        measure.end = event.shiftKey ? 'from' : 'to';
        draw(svg);
        say(stage);
        return;
      }
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.code];
      const zoom = { Equal: step, NumpadAdd: step, Minus: 1 / step, NumpadSubtract: 1 / step }[event.code];
      if (!by && !zoom) return;
      event.preventDefault();
      const far = event.repeat ? 8 : 2;
      if (zoom) zoomBy(svg, zoom);
      else if (ruler(svg) && !event.shiftKey) nudge(stage, by[0] * far, by[1] * far);
      else panBy(svg, by[0] * 48, by[1] * 48);
    });
    stage.addEventListener('blur', () => {
      if (!measures.get(svg)?.end) return;
      measures.get(svg).end = undefined;
      draw(svg);
    });
    new ResizeObserver(() => draw(svg)).observe(stage);
  };

  // What the person points at when a tool is used: the picture touched last.
  const current = (element) => evidence(element)?.querySelector('[data-stage][data-current] svg');

  // Brighter and more contrast are for all pictures of a case.
  const light = (section) => {
    const at = (name) => Number(section.querySelector(`[data-light=${name}]`)?.value ?? 100) / 100;
    const [brightness, contrast] = [at('brightness'), at('contrast')];
    const plain = brightness === 1 && contrast === 1;
    section.toggleAttribute('data-lit', !plain);
    if (plain) section.style.removeProperty('--light');
    else section.style.setProperty('--light', `brightness(${brightness}) contrast(${contrast})`);
  };

  document.addEventListener('click', (event) => {
    const tool = event.target instanceof Element && event.target.closest('[data-tool]');
    if (!tool) return;
    if (tool.dataset.tool === 'plain') {
      evidence(tool).querySelectorAll('[data-light]').forEach((slider) => { slider.value = 100; });
      light(evidence(tool));
    } else if (current(tool)) {
      tools[tool.dataset.tool](current(tool));
    }
  });
  document.addEventListener('input', (event) => { if (event.target.matches?.('[data-light]')) light(evidence(event.target)); });
  // A slider that was let go takes no keys any more: they are the desk's again.
  document.addEventListener('pointerup', (event) => { if (event.target.matches?.('[data-light]')) event.target.blur(); });

  // Pictures of the case that is kept ready, in this page's memory alone: fetched when it is, used once, dropped when it is not kept any more.
  const kept = new Map();

  const keep = (id) => {
    const entry = { dropped: false };
    entry.ready = (async () => {
      const answer = await fetch(`/pictures/${id}`, { cache: 'no-store' });
      if (!answer.ok || entry.dropped) return;
      const address = URL.createObjectURL(await answer.blob());
      if (entry.dropped) {
        URL.revokeObjectURL(address);
        return;
      }
      entry.address = address;
      entry.decoded = new Image();
      entry.decoded.src = address;
      await entry.decoded.decode();
    })().catch(() => {});
    kept.set(id, entry);
  };

  const drop = (id) => {
    const entry = kept.get(id);
    kept.delete(id);
    entry.dropped = true;
    if (entry.address) URL.revokeObjectURL(entry.address);
  };

  // What is taken is not kept any longer; its address holds until the picture is drawn.
  const load = async (image) => {
    const id = image.dataset.picture;
    const entry = kept.get(id);
    kept.delete(id);
    if (entry && !entry.address) await entry.ready;
    const letGo = () => { if (entry?.address) URL.revokeObjectURL(entry.address); };
    if (image.dataset.picture !== id) {
      letGo();
      return;
    }
    image.addEventListener('load', letGo, { once: true });
    image.setAttribute('href', entry?.address ?? `/pictures/${id}`);
  };

  const known = new WeakMap();

  // Blazor says what is there by attributes; this takes it up.
  const look = () => {
    for (const stage of document.querySelectorAll('[data-stage]')) {
      const svg = drawing(stage);
      const image = svg.querySelector('image');
      if (known.get(image) !== image.dataset.picture) {
        known.set(image, image.dataset.picture);
        load(image);
      }
      if (!turns.has(svg)) {
        listen(stage);
        // Another case begins without what was set for the last one.
        if (stage.hasAttribute('data-first')) light(evidence(stage));
      } else if (turns.get(svg) !== svg.dataset.turn && views.has(svg)) {
        // What was in the middle stays there: the picture turns around it.
        let { zoom, x, y } = views.get(svg);
        for (let at = Number(turns.get(svg)); at !== Number(svg.dataset.turn); at = (at + 90) % 360) [x, y] = [1 - y, x];
        views.set(svg, { zoom, x, y });
      }
      turns.set(svg, svg.dataset.turn);
      draw(svg);
    }
    for (const section of document.querySelectorAll('[data-sync]')) {
      const svg = current(section);
      if (svg && visible(svg)) show(svg, view(svg));
    }
    const wanted = (document.querySelector('[data-next-pictures]')?.dataset.nextPictures ?? '').split(' ').filter(Boolean);
    [...kept.keys()].filter((id) => !wanted.includes(id)).forEach(drop);
    wanted.filter((id) => !kept.has(id) && !document.querySelector(`image[data-picture="${CSS.escape(id)}"]`)).forEach(keep);
  };

  look();
  new MutationObserver(look).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['data-picture', 'data-turn', 'data-sync', 'data-measure', 'data-next-pictures'],
  });
})();
