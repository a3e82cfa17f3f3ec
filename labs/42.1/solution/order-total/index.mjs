const answer = (statusCode, content) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
})

const isItem = (item) => Number.isFinite(item?.price) && item.price >= 0 && Number.isInteger(item.quantity) && item.quantity >= 1

export const handler = async (event) => {
  let cart
  try {
    cart = JSON.parse(event.body)
  } catch {
    return answer(400, { error: 'invalid_json' })
  }
  if (!Array.isArray(cart?.items) || !cart.items.every(isItem)) return answer(400, { error: 'invalid_items' })
  return answer(200, { total: cart.items.reduce((total, { price, quantity }) => total + price * quantity, 0) })
}
