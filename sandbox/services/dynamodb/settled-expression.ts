/** A condition as dynalite's parser leaves it. An argument is a path, a value, or a function such as size. */
export interface Expression {
  type: string
  name?: string
  args: any[]
}

/**
 * Rewrites a condition so that what dynalite trips over is settled before it comes to it: attributes that an item does not
 * have, and prefixes of what is no text. As on DynamoDB, no such comparison holds
 * (DynamoDB developer guide, "Condition and filter expressions, operators, and functions").
 */
export function settled(expression: Expression): Expression {
  const { type, name, args } = expression
  if (type === 'and' || type === 'or' || type === 'not') return { type, args: (args as Expression[]).map(settled) }
  const [value, ...others] = args
  if (type === 'between') return all(compare('>=', value, others[0]), compare('<=', value, others[1]))
  if (type === 'in') return any(...others.map((other) => compare('=', value, other)))
  if (type === 'function' && name === 'begins_with') return any(...['S', 'B'].map((kind) => all(hasType(value, kind), hasType(others[0], kind), expression)))
  if (type === 'function' || type === '<>') return expression
  return compare(type, value, others[0])
}

/** dynalite takes two attributes that are both missing for equal. */
function compare(type: string, value: unknown, other: unknown): Expression {
  return all({ type: 'function', name: 'attribute_exists', args: [value] }, { type, args: [value, other] })
}

function hasType(value: unknown, kind: string): Expression {
  return { type: 'function', name: 'attribute_type', args: [value, { S: kind }] }
}

function all(...parts: Expression[]): Expression {
  return parts.reduceRight((after, before) => ({ type: 'and', args: [before, after] }))
}

function any(...parts: Expression[]): Expression {
  return parts.reduceRight((after, before) => ({ type: 'or', args: [before, after] }))
}
