import { loadCatalogue } from './catalogue.mjs'

const catalogue = await loadCatalogue()

export const handler = async (event) => ({
  bookId: event.bookId,
  price: catalogue.prices.get(event.bookId) ?? null,
  environment: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  loads: catalogue.loads,
  loadId: catalogue.loadId,
})
