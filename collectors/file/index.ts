export { TENANT } from './check.ts'
export { createDoor, type Door, type DoorKey } from './door.ts'
export {
  createFileCollector,
  type FileCollector,
  type FileCounts,
  type FileOptions,
  type RefusedLine,
} from './import.ts'
export { Places } from './places.ts'
export { FORMATS, type Format } from './read.ts'
export { createRemoteEmit } from './remote.ts'
