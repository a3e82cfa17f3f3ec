export const handler = async (event) => {
  const basket = [...event.books]
  return { customer: event.customer, basket }
}
