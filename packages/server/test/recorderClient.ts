export {
  aClick,
  aPageLoad,
  randomId,
  requestStart,
  startVisit,
  type SendOptions,
  type Visit,
  type VisitOptions,
  type VisitStream,
} from '@vasistas/testing'
