/** The polynomial of CRC-64/NVME, lowest power first, as two halves. */
const [HIGH, LOW] = [0x9a6c9329, 0xac4bc9b5]
const BYTES_AT_ONCE = 8

/** Tables of what 0 to 7 zero bytes behind a byte make of it: halves of the value, by `position * 256 + byte`. */
const [highs, lows] = tables()

function tables(): [Uint32Array, Uint32Array] {
  const high = new Uint32Array(256 * BYTES_AT_ONCE)
  const low = new Uint32Array(256 * BYTES_AT_ONCE)
  for (let byte = 0; byte < 256; byte++) {
    let [h, l] = [0, byte]
    for (let bit = 0; bit < 8; bit++) {
      const isSet = l & 1
      l = (l >>> 1) | (h << 31)
      h >>>= 1
      if (isSet) [h, l] = [h ^ HIGH, l ^ LOW]
    }
    high[byte] = h
    low[byte] = l
  }
  for (let i = 256; i < high.length; i++) {
    const [h, l] = [high[i - 256]!, low[i - 256]!]
    const byte = l & 255
    high[i] = (h >>> 8) ^ high[byte]!
    low[i] = ((l >>> 8) | (h << 24)) ^ low[byte]!
  }
  return [high, low]
}

/**
 * CRC-64/NVME, eight bytes at a time. S3 reckons it for every object that comes without a checksum of its own, and the one
 * that the SDK has takes several times as long.
 */
export class Crc64 {
  #high = 0xffffffff
  #low = 0xffffffff

  update(data: Uint8Array): void {
    let [h, l] = [this.#high, this.#low]
    const whole = data.length - (data.length % BYTES_AT_ONCE)
    let i = 0
    for (; i < whole; i += BYTES_AT_ONCE) {
      l ^= data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24)
      h ^= data[i + 4]! | (data[i + 5]! << 8) | (data[i + 6]! << 16) | (data[i + 7]! << 24)
      const [a, b, c, d] = [1792 + (l & 255), 1536 + ((l >>> 8) & 255), 1280 + ((l >>> 16) & 255), 1024 + (l >>> 24)]
      const [e, f, g, k] = [768 + (h & 255), 512 + ((h >>> 8) & 255), 256 + ((h >>> 16) & 255), h >>> 24]
      h = highs[a]! ^ highs[b]! ^ highs[c]! ^ highs[d]! ^ highs[e]! ^ highs[f]! ^ highs[g]! ^ highs[k]!
      l = lows[a]! ^ lows[b]! ^ lows[c]! ^ lows[d]! ^ lows[e]! ^ lows[f]! ^ lows[g]! ^ lows[k]!
    }
    for (; i < data.length; i++) {
      const at = (l ^ data[i]!) & 255
      l = ((l >>> 8) | (h << 24)) ^ lows[at]!
      h = (h >>> 8) ^ highs[at]!
    }
    this.#high = h
    this.#low = l
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt32BE(~this.#high >>> 0)
    bytes.writeUInt32BE(~this.#low >>> 0, 4)
    return bytes
  }
}
