(function () {
  'use strict';
  function save(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }
  // The light colours, written out: not every program that reads SVG knows variables.
  function style() {
    const text = document.getElementById('figure-style').textContent;
    const values = {};
    for (const found of text.matchAll(/(--\w+): (#\w+)/g)) { values[found[1]] = found[2]; }
    return text.replace(/(--\w+): #\w+;/g, '')
        .replace(/var\((--\w+)\)/g, function (all, name) { return values[name]; });
  }
  function drawn(svg) {
    const copy = svg.cloneNode(true);
    const box = svg.viewBox.baseVal;
    copy.setAttribute('width', box.width);
    copy.setAttribute('height', box.height);
    const own = document.createElementNS(svg.namespaceURI, 'style');
    own.textContent = style();
    copy.prepend(own);
    return new XMLSerializer().serializeToString(copy);
  }
  function png(address, name) {
    const image = new Image();
    image.onload = function () {
      const canvas = document.createElement('canvas');
      canvas.width = 3 * image.width;
      canvas.height = 3 * image.height;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { save(name + '.png', blob); });
    };
    image.src = address;
  }
  function csv(table) {
    return Array.from(table.rows, function (row) {
      return Array.from(row.cells, function (cell) {
        const text = cell.textContent;
        return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      }).join(',');
    }).join('\n') + '\n';
  }
  function bytes(address) {
    const text = atob(address.slice(address.indexOf(',') + 1));
    return Uint8Array.from(text, function (letter) { return letter.charCodeAt(0); });
  }
  function button(place, words, label, action) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = words;
    made.setAttribute('aria-label', label);
    made.addEventListener('click', action);
    place.append(made);
    return made;
  }
  for (const figure of document.querySelectorAll('figure')) {
    const name = figure.id;
    const svg = figure.querySelector('svg');
    const image = figure.querySelector('img');
    const table = figure.querySelector('table');
    const place = document.createElement('div');
    const title = svg ? svg.getAttribute('aria-label') : image.alt;
    const vector = svg || image.src.startsWith('data:image/svg');
    function address() {
      return svg ? 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(drawn(svg)) : image.src;
    }
    if (vector) {
      button(place, 'SVG', 'Save as SVG: ' + title, function () {
        save(name + '.svg', new Blob([svg ? drawn(svg) : bytes(image.src)], {type: 'image/svg+xml'}));
      });
    }
    button(place, 'PNG', 'Save as PNG: ' + title, function () {
      if (vector) { png(address(), name); } else { save(name + '.png', new Blob([bytes(image.src)], {type: 'image/png'})); }
    });
    if (table) {
      button(place, 'CSV', 'Save the data as CSV: ' + title, function () {
        save(name + '.csv', new Blob([csv(table)], {type: 'text/csv'}));
      });
    }
    figure.append(place);
  }
  for (const code of document.querySelectorAll('code.copied')) {
    const place = document.createElement('span');
    code.after(place);
    const made = button(place, 'Copy', 'Copy the command', function () {
      const range = document.createRange();
      range.selectNodeContents(code);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      made.textContent = document.execCommand('copy') ? 'Copied' : 'Selected: press Ctrl+C';
    });
    code.after(' ');
  }
})();
