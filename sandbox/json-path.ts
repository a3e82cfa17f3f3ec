type Step = { name: string } | { index: number } | { from: number | undefined; to: number | undefined } | { all: true } | { deep: true }

/**
 * Reads a JSONPath: `$`, `.name`, `['name']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `..name`. One value where the path is definite, a list
 * where it is not; undefined where there is nothing or the path is none.
 */
export function jsonPath(root: unknown, path: string): unknown {
  const steps = stepsOf(path)
  if (!steps) return undefined
  const isDefinite = steps.every((step) => 'name' in step || 'index' in step)
  let values: unknown[] = [root]
  for (const step of steps) {
    const found = values.flatMap((value) => take(value, step))
    // `..` finds the same parts by many ways.
    values = 'deep' in step ? [...new Set(found)] : found
  }
  return isDefinite ? values[0] : values
}

function stepsOf(path: string): Step[] | undefined {
  if (!path.startsWith('$')) return undefined
  const steps: Step[] = []
  const pattern = /\.\.(?=[\w*['-])|\.?\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\*)|(-?\d*)\s*:\s*(-?\d*)|(-?\d+))\s*\]|\.(\*)|\.?([\w$@-]+)/y
  pattern.lastIndex = 1
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path)
    if (!match) return undefined
    const [whole, single, double, star, from, to, index, dotStar, name] = match
    if (whole === '..') steps.push({ deep: true })
    else if (star !== undefined || dotStar !== undefined) steps.push({ all: true })
    else if (index !== undefined) steps.push({ index: Number(index) })
    else if (from !== undefined) steps.push({ from: from === '' ? undefined : Number(from), to: to === '' ? undefined : Number(to) })
    else steps.push({ name: (single ?? double ?? name)!.replace(/\\(.)/g, '$1') })
  }
  return steps
}

function take(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if ('deep' in step) return descendants(value)
  if ('all' in step) return Object.values(value)
  if ('name' in step) return !Array.isArray(value) && Object.hasOwn(value, step.name) ? [(value as Record<string, unknown>)[step.name]] : []
  if (!Array.isArray(value)) return []
  if ('index' in step) {
    const item = value.at(step.index)
    return item === undefined ? [] : [item]
  }
  return value.slice(step.from, step.to)
}

function descendants(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(descendants)]
}
