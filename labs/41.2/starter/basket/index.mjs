// Packs the books of one customer's event. Customers complain that they get books of others.
const basket = []

export const handler = async (event) => {
  for (const bookId of event.books) basket.push(bookId)
  return { customer: event.customer, basket }
}
