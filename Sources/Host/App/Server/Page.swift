// The web client, which is part of the executable.
internal import CPage

/// The bytes of Page/index.html.
let pageBytes: [UInt8] = unsafe Array(UnsafeBufferPointer(start: voiced_page(), count: voiced_page_length()))
