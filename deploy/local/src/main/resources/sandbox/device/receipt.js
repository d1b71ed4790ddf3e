const COLUMNS = 30;

/** A receipt of at most 30 columns, which ends in two line feeds. */
export class Receipt {
  #text = '';

  /** Adds a centred line, or several when the text is long. */
  centred(text) {
    for (let from = 0; from < text.length; from += COLUMNS) {
      const part = text.slice(from, from + COLUMNS);
      this.#text += `${' '.repeat((COLUMNS - part.length) >> 1)}${part}\n`;
    }
    return this;
  }

  /** Adds a line with a name at the left and a value at the right; a long name is cut. */
  line(name, value) {
    const right = value.slice(0, COLUMNS - 1);
    const left = name.slice(0, COLUMNS - 1 - right.length);
    this.#text += `${left}${right.padStart(COLUMNS - left.length)}\n`;
    return this;
  }

  amount(name, cents) {
    return this.line(name, Receipt.money(cents));
  }

  rule() {
    this.#text += `${'-'.repeat(COLUMNS)}\n`;
    return this;
  }

  print() {
    return `${this.#text}\n`;
  }

  /** Formats whole cents as text, 1234.50. */
  static money(cents) {
    const positive = Math.abs(cents);
    return `${cents < 0 ? '-' : ''}${Math.floor(positive / 100)}.${String(positive % 100).padStart(2, '0')}`;
  }

  static date(date) {
    const two = (number) => String(number).padStart(2, '0');
    const day = `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
    return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  }
}
