// Writes an order's invoice.
export const handler = async ({ orderId }) => {
  console.log(JSON.stringify({ message: 'invoice written', orderId }))
  return { invoice: `INV-${orderId}` }
}
