const CELLS = 17;
const SVG = 'http://www.w3.org/2000/svg';

/** Draws a picture that looks like a QR code but is not one: nothing can be paid with it. The same id has the same picture. */
export function codePattern(id) {
  const bits = id.replaceAll('-', '');
  const dark = cells((x, y) => isFinder(x, y) ?? isDark(bits, x, y));
  return picture('code-pattern', `0 0 ${CELLS} ${CELLS}`, [dark]);
}

/** Draws the sign of contactless cards. */
export function cardSign() {
  return picture('card-sign', '0 0 24 24', ['M7 9.5a5 5 0 0 1 0 5', 'M10.5 7.5a9 9 0 0 1 0 9', 'M14 5.5a13 13 0 0 1 0 13', 'M17.5 3.5a17 17 0 0 1 0 17']);
}

function picture(className, viewBox, drawings) {
  const drawn = document.createElementNS(SVG, 'svg');
  drawn.setAttribute('viewBox', viewBox);
  drawn.setAttribute('class', className);
  drawn.setAttribute('aria-hidden', 'true');
  drawings.forEach((drawing) => {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', drawing);
    drawn.append(path);
  });
  return drawn;
}

function cells(dark) {
  let drawn = '';
  for (let y = 0; y < CELLS; y++) {
    for (let x = 0; x < CELLS; x++) {
      drawn += dark(x, y) ? `M${x} ${y}h1v1h-1z` : '';
    }
  }
  return drawn;
}

/** Returns whether a cell of the squares in three corners is dark, or of the light margin around them; undefined elsewhere. */
function isFinder(x, y) {
  const corner = [[0, 0], [CELLS - 5, 0], [0, CELLS - 5]].find(([left, top]) => x >= left - 1 && x <= left + 5 && y >= top - 1 && y <= top + 5);
  if (!corner) {
    return undefined;
  }
  const ring = Math.max(Math.abs(x - corner[0] - 2), Math.abs(y - corner[1] - 2));
  return ring === 2 || ring === 0;
}

function isDark(bits, x, y) {
  const digit = parseInt(bits[(x * 7 + y * 11) % bits.length], 16);
  return ((digit >> (x + y) % 4) & 1) === 1;
}
