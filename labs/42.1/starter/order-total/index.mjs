// The bookshop asks this function what an order comes to.
// So far it only counts the lines of the cart. The text of the lab says exactly what it must answer.
export const handler = async (event) => {
  const cart = JSON.parse(event.body)
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines: cart.items.length }),
  }
}
