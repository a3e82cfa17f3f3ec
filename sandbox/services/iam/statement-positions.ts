/** A place in a policy's text, both counted from 1. */
export interface Position {
  Line: number
  Column: number
}

/** Where each statement of a policy stands in its text, first to last character. The text must be a valid policy. */
export function statementPositions(text: string): { start: Position; end: Position }[] {
  const ranges: { start: Position; end: Position }[] = []
  const open: number[] = []
  let lastKey = ''
  let depthOfStatements: number | undefined
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '"') {
      const end = endOfString(text, i)
      if (open.length === 1) lastKey = text.slice(i + 1, end)
      i = end
    } else if (char === '{' || char === '[') {
      open.push(i)
      if (open.length === 2 && lastKey === 'Statement') depthOfStatements = char === '[' ? 3 : 2
    } else if (char === '}' || char === ']') {
      if (open.length === depthOfStatements && char === '}') ranges.push({ start: positionOf(text, open.at(-1)!), end: positionOf(text, i) })
      open.pop()
      if (open.length === 1) depthOfStatements = undefined
    }
  }
  return ranges
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}

function positionOf(text: string, index: number): Position {
  const before = text.slice(0, index)
  return { Line: before.split('\n').length, Column: index - before.lastIndexOf('\n') }
}
