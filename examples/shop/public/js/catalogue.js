// The server writes this module from src/catalogue.ts.
import { finishes, products } from './products.js'

export { finishes, products }

export function findProduct(id) {
  return products.find((product) => product.id === id)
}

export function pictureOf(id, finish) {
  return `/images/products/${id}-${finish}.webp`
}
