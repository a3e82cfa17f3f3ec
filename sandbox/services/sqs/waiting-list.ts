/** Things in the order of a time: a binary heap. */
export class WaitingList<T> {
  readonly #heap: { at: number; item: T }[] = []

  get first(): { at: number; item: T } | undefined {
    return this.#heap[0]
  }

  add(at: number, item: T): void {
    const heap = this.#heap
    heap.push({ at, item })
    for (let i = heap.length - 1; i > 0; ) {
      const above = (i - 1) >> 1
      if (heap[above]!.at <= heap[i]!.at) return
      this.#swap(i, above)
      i = above
    }
  }

  takeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    heap[0] = last
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2]
      let least = i
      if (left < heap.length && heap[left]!.at < heap[least]!.at) least = left
      if (right < heap.length && heap[right]!.at < heap[least]!.at) least = right
      if (least === i) return
      this.#swap(i, least)
      i = least
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap
    ;[heap[a], heap[b]] = [heap[b]!, heap[a]!]
  }
}
