const { products, finishes } = await (await fetch('/catalogue.json')).json()

export { products, finishes }

export function findProduct(id) {
  return products.find((product) => product.id === id)
}

export function pictureOf(id, finish) {
  return `/images/products/${id}-${finish}.webp`
}
