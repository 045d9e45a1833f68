// @ts-nocheck
/* eslint-disable */
/*
 * Generated, never edited: the static decoders that protobufjs-cli 1.1.2 makes of the OTLP trace messages, the generation
 * that @opentelemetry/otlp-transformer 0.200.0 shipped. It is the baseline of bench:decode. Of the two generations of
 * static code that run on protobufjs 7 this is the faster. Made, with otlp.proto = OTLP_PROTO of
 * collectors/dialects/wire/otlp.fixture.ts, by
 *   pbjs -t static-module -w es6 --es6 --no-create --no-encode --no-verify --no-convert --no-delimited --no-typeurl --no-comments
 * and only the import's form and two `any` were changed, for Node's ES modules and the compiler.
 */
import $protobuf from 'protobufjs/minimal.js'

const $Reader = $protobuf.Reader,
  $util = $protobuf.util

const $root: any = $protobuf.roots['default'] || ($protobuf.roots['default'] = {})

export const otlp: any = ($root.otlp = (() => {
  const otlp = {}

  otlp.ExportTraceServiceRequest = (function () {
    function ExportTraceServiceRequest(properties) {
      this.resourceSpans = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    ExportTraceServiceRequest.prototype.resourceSpans = $util.emptyArray

    ExportTraceServiceRequest.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.ExportTraceServiceRequest()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            if (!(message.resourceSpans && message.resourceSpans.length)) message.resourceSpans = []
            message.resourceSpans.push($root.otlp.ResourceSpans.decode(reader, reader.uint32()))
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return ExportTraceServiceRequest
  })()

  otlp.ResourceSpans = (function () {
    function ResourceSpans(properties) {
      this.scopeSpans = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    ResourceSpans.prototype.resource = null
    ResourceSpans.prototype.scopeSpans = $util.emptyArray
    ResourceSpans.prototype.schemaUrl = ''

    ResourceSpans.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.ResourceSpans()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            message.resource = $root.otlp.Resource.decode(reader, reader.uint32())
            break
          }
          case 2: {
            if (!(message.scopeSpans && message.scopeSpans.length)) message.scopeSpans = []
            message.scopeSpans.push($root.otlp.ScopeSpans.decode(reader, reader.uint32()))
            break
          }
          case 3: {
            message.schemaUrl = reader.string()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return ResourceSpans
  })()

  otlp.ScopeSpans = (function () {
    function ScopeSpans(properties) {
      this.spans = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    ScopeSpans.prototype.scope = null
    ScopeSpans.prototype.spans = $util.emptyArray
    ScopeSpans.prototype.schemaUrl = ''

    ScopeSpans.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.ScopeSpans()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            message.scope = $root.otlp.InstrumentationScope.decode(reader, reader.uint32())
            break
          }
          case 2: {
            if (!(message.spans && message.spans.length)) message.spans = []
            message.spans.push($root.otlp.Span.decode(reader, reader.uint32()))
            break
          }
          case 3: {
            message.schemaUrl = reader.string()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return ScopeSpans
  })()

  otlp.Resource = (function () {
    function Resource(properties) {
      this.attributes = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    Resource.prototype.attributes = $util.emptyArray
    Resource.prototype.droppedAttributesCount = 0

    Resource.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.Resource()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            if (!(message.attributes && message.attributes.length)) message.attributes = []
            message.attributes.push($root.otlp.KeyValue.decode(reader, reader.uint32()))
            break
          }
          case 2: {
            message.droppedAttributesCount = reader.uint32()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return Resource
  })()

  otlp.InstrumentationScope = (function () {
    function InstrumentationScope(properties) {
      this.attributes = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    InstrumentationScope.prototype.name = ''
    InstrumentationScope.prototype.version = ''
    InstrumentationScope.prototype.attributes = $util.emptyArray
    InstrumentationScope.prototype.droppedAttributesCount = 0

    InstrumentationScope.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.InstrumentationScope()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            message.name = reader.string()
            break
          }
          case 2: {
            message.version = reader.string()
            break
          }
          case 3: {
            if (!(message.attributes && message.attributes.length)) message.attributes = []
            message.attributes.push($root.otlp.KeyValue.decode(reader, reader.uint32()))
            break
          }
          case 4: {
            message.droppedAttributesCount = reader.uint32()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return InstrumentationScope
  })()

  otlp.KeyValue = (function () {
    function KeyValue(properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    KeyValue.prototype.key = ''
    KeyValue.prototype.value = null

    KeyValue.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.KeyValue()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            message.key = reader.string()
            break
          }
          case 2: {
            message.value = $root.otlp.AnyValue.decode(reader, reader.uint32())
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return KeyValue
  })()

  otlp.AnyValue = (function () {
    function AnyValue(properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    AnyValue.prototype.stringValue = null
    AnyValue.prototype.boolValue = null
    AnyValue.prototype.intValue = null
    AnyValue.prototype.doubleValue = null
    AnyValue.prototype.arrayValue = null
    AnyValue.prototype.kvlistValue = null
    AnyValue.prototype.bytesValue = null

    let $oneOfFields

    Object.defineProperty(AnyValue.prototype, 'value', {
      get: $util.oneOfGetter(
        ($oneOfFields = [
          'stringValue',
          'boolValue',
          'intValue',
          'doubleValue',
          'arrayValue',
          'kvlistValue',
          'bytesValue',
        ]),
      ),
      set: $util.oneOfSetter($oneOfFields),
    })

    AnyValue.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.AnyValue()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            message.stringValue = reader.string()
            break
          }
          case 2: {
            message.boolValue = reader.bool()
            break
          }
          case 3: {
            message.intValue = reader.int64()
            break
          }
          case 4: {
            message.doubleValue = reader.double()
            break
          }
          case 5: {
            message.arrayValue = $root.otlp.ArrayValue.decode(reader, reader.uint32())
            break
          }
          case 6: {
            message.kvlistValue = $root.otlp.KeyValueList.decode(reader, reader.uint32())
            break
          }
          case 7: {
            message.bytesValue = reader.bytes()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return AnyValue
  })()

  otlp.ArrayValue = (function () {
    function ArrayValue(properties) {
      this.values = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    ArrayValue.prototype.values = $util.emptyArray

    ArrayValue.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.ArrayValue()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            if (!(message.values && message.values.length)) message.values = []
            message.values.push($root.otlp.AnyValue.decode(reader, reader.uint32()))
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return ArrayValue
  })()

  otlp.KeyValueList = (function () {
    function KeyValueList(properties) {
      this.values = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    KeyValueList.prototype.values = $util.emptyArray

    KeyValueList.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.KeyValueList()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            if (!(message.values && message.values.length)) message.values = []
            message.values.push($root.otlp.KeyValue.decode(reader, reader.uint32()))
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return KeyValueList
  })()

  otlp.Span = (function () {
    function Span(properties) {
      this.attributes = []
      this.events = []
      this.links = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    Span.prototype.traceId = $util.newBuffer([])
    Span.prototype.spanId = $util.newBuffer([])
    Span.prototype.traceState = ''
    Span.prototype.parentSpanId = $util.newBuffer([])
    Span.prototype.name = ''
    Span.prototype.kind = 0
    Span.prototype.startTimeUnixNano = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
    Span.prototype.endTimeUnixNano = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
    Span.prototype.attributes = $util.emptyArray
    Span.prototype.droppedAttributesCount = 0
    Span.prototype.events = $util.emptyArray
    Span.prototype.droppedEventsCount = 0
    Span.prototype.links = $util.emptyArray
    Span.prototype.droppedLinksCount = 0
    Span.prototype.status = null
    Span.prototype.flags = 0

    Span.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.Span()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 1: {
            message.traceId = reader.bytes()
            break
          }
          case 2: {
            message.spanId = reader.bytes()
            break
          }
          case 3: {
            message.traceState = reader.string()
            break
          }
          case 4: {
            message.parentSpanId = reader.bytes()
            break
          }
          case 5: {
            message.name = reader.string()
            break
          }
          case 6: {
            message.kind = reader.int32()
            break
          }
          case 7: {
            message.startTimeUnixNano = reader.fixed64()
            break
          }
          case 8: {
            message.endTimeUnixNano = reader.fixed64()
            break
          }
          case 9: {
            if (!(message.attributes && message.attributes.length)) message.attributes = []
            message.attributes.push($root.otlp.KeyValue.decode(reader, reader.uint32()))
            break
          }
          case 10: {
            message.droppedAttributesCount = reader.uint32()
            break
          }
          case 11: {
            if (!(message.events && message.events.length)) message.events = []
            message.events.push($root.otlp.Span.Event.decode(reader, reader.uint32()))
            break
          }
          case 12: {
            message.droppedEventsCount = reader.uint32()
            break
          }
          case 13: {
            if (!(message.links && message.links.length)) message.links = []
            message.links.push($root.otlp.Span.Link.decode(reader, reader.uint32()))
            break
          }
          case 14: {
            message.droppedLinksCount = reader.uint32()
            break
          }
          case 15: {
            message.status = $root.otlp.Status.decode(reader, reader.uint32())
            break
          }
          case 16: {
            message.flags = reader.fixed32()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    Span.Event = (function () {
      function Event(properties) {
        this.attributes = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
      }

      Event.prototype.timeUnixNano = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
      Event.prototype.name = ''
      Event.prototype.attributes = $util.emptyArray
      Event.prototype.droppedAttributesCount = 0

      Event.decode = function decode(reader, length) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        let end = length === undefined ? reader.len : reader.pos + length,
          message = new $root.otlp.Span.Event()
        while (reader.pos < end) {
          let tag = reader.uint32()
          switch (tag >>> 3) {
            case 1: {
              message.timeUnixNano = reader.fixed64()
              break
            }
            case 2: {
              message.name = reader.string()
              break
            }
            case 3: {
              if (!(message.attributes && message.attributes.length)) message.attributes = []
              message.attributes.push($root.otlp.KeyValue.decode(reader, reader.uint32()))
              break
            }
            case 4: {
              message.droppedAttributesCount = reader.uint32()
              break
            }
            default:
              reader.skipType(tag & 7)
              break
          }
        }
        return message
      }

      return Event
    })()

    Span.Link = (function () {
      function Link(properties) {
        this.attributes = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
      }

      Link.prototype.traceId = $util.newBuffer([])
      Link.prototype.spanId = $util.newBuffer([])
      Link.prototype.traceState = ''
      Link.prototype.attributes = $util.emptyArray
      Link.prototype.droppedAttributesCount = 0
      Link.prototype.flags = 0

      Link.decode = function decode(reader, length) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        let end = length === undefined ? reader.len : reader.pos + length,
          message = new $root.otlp.Span.Link()
        while (reader.pos < end) {
          let tag = reader.uint32()
          switch (tag >>> 3) {
            case 1: {
              message.traceId = reader.bytes()
              break
            }
            case 2: {
              message.spanId = reader.bytes()
              break
            }
            case 3: {
              message.traceState = reader.string()
              break
            }
            case 4: {
              if (!(message.attributes && message.attributes.length)) message.attributes = []
              message.attributes.push($root.otlp.KeyValue.decode(reader, reader.uint32()))
              break
            }
            case 5: {
              message.droppedAttributesCount = reader.uint32()
              break
            }
            case 6: {
              message.flags = reader.fixed32()
              break
            }
            default:
              reader.skipType(tag & 7)
              break
          }
        }
        return message
      }

      return Link
    })()

    return Span
  })()

  otlp.Status = (function () {
    function Status(properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null) this[keys[i]] = properties[keys[i]]
    }

    Status.prototype.message = ''
    Status.prototype.code = 0

    Status.decode = function decode(reader, length) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      let end = length === undefined ? reader.len : reader.pos + length,
        message = new $root.otlp.Status()
      while (reader.pos < end) {
        let tag = reader.uint32()
        switch (tag >>> 3) {
          case 2: {
            message.message = reader.string()
            break
          }
          case 3: {
            message.code = reader.int32()
            break
          }
          default:
            reader.skipType(tag & 7)
            break
        }
      }
      return message
    }

    return Status
  })()

  return otlp
})())

export { $root as default }
