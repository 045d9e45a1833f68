/** Why a record of a topic could not be given to any stage. */
export type DeadReason = 'not_ours' | 'version' | 'broken_seal' | 'not_json' | 'invalid'

/** What whoever reads of it should do. */
export const DEAD_ADVICE: Readonly<Record<DeadReason, string>> = {
  not_ours: 'not written by Weir. Find out who may write to the topic, then `weir dead drop`',
  version: 'written by a newer Weir. Bring detect to that version, then `weir dead replay`',
  broken_seal:
    'the seal does not open, because the record or its data key in weir.keys was changed. Put the right key back, then ' +
    '`weir dead replay`',
  not_json: 'what was sealed is no JSON. `weir dead drop`',
  invalid: 'this version does not understand the content. Bring detect to one that does, then `weir dead replay`',
}
