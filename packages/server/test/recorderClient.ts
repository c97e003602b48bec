export {
  aClick,
  aPageLoad,
  randomId,
  startVisit,
  type SendOptions,
  type Visit,
  type VisitOptions,
  type VisitStream,
} from '@vasistas/testing'
