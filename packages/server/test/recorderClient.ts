export {
  aClick,
  aPageLoad,
  randomId,
  startVisit,
  type Visit,
  type VisitOptions,
  type VisitStream,
} from '@vasistas/testing'
