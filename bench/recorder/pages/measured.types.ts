/** What a measured script does in the page: it starts, and says when a full snapshot was made. */
export interface MeasuredRecorder {
  start(onFullSnapshot: () => void): { stop(): void }
}
