import './strands-agents-js.mjs' // the same application, told by the environment to speak the newest form
