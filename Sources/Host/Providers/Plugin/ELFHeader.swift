// Looks at a shared object before the dynamic linker does: the linker maps what the headers promise, and a file that is
// shorter than that kills the process with SIGBUS instead of failing. Offsets are those of elf(5), 64-bit.

/// What the headers of a shared object say about it.
struct ELFHeader {
    private let bytes: [UInt8]

    /// Throws unless the bytes are a whole shared object for this kind of processor.
    init(checking bytes: [UInt8]) throws(LoadError) {
        self.bytes = bytes
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { throw LoadError("is not a shared library") }
        guard bytes.count >= 64 else { throw LoadError("is cut short: it ends inside its header") }
        // ELFCLASS64, ELFDATA2LSB, ET_DYN.
        guard bytes[4] == 2, bytes[5] == 1, number(at: 16, size: 2) == 3 else {
            throw LoadError("is not a 64-bit shared library")
        }
        guard number(at: 18, size: 2) == Self.machine else {
            throw LoadError("is built for another kind of processor")
        }
        let promised = end()
        guard promised <= UInt64(bytes.count) else {
            throw LoadError("is cut short: it has \(bytes.count) bytes, its headers speak of \(promised)")
        }
    }

    /// e_machine of the processor this runs on.
    private static var machine: UInt64 {
        #if arch(x86_64)
            62
        #elseif arch(arm64)
            183
        #else
            0
        #endif
    }

    /// One past the last byte that the headers speak of.
    private func end() -> UInt64 {
        let sections = number(at: 40, size: 8)
        var end = tableEnd(offset: sections, entry: number(at: 58, size: 2), count: number(at: 60, size: 2))
        let start = number(at: 32, size: 8)
        let entry = number(at: 54, size: 2)
        let count = number(at: 56, size: 2)
        end = max(end, tableEnd(offset: start, entry: entry, count: count))
        guard entry >= 56, end <= UInt64(bytes.count) else { return end }
        for index in 0..<count {
            let segment = Int(start + index * entry)
            // PT_LOAD: p_offset and p_filesz.
            guard number(at: segment, size: 4) == 1 else { continue }
            let (last, overflow) = number(at: segment + 8, size: 8).addingReportingOverflow(
                number(at: segment + 32, size: 8))
            end = max(end, overflow ? .max : last)
        }
        return end
    }

    private func tableEnd(offset: UInt64, entry: UInt64, count: UInt64) -> UInt64 {
        let (end, overflow) = offset.addingReportingOverflow(entry * count)
        return count == 0 ? 0 : overflow ? .max : end
    }

    /// A little-endian number; 0 beyond the end.
    private func number(at offset: Int, size: Int) -> UInt64 {
        guard offset >= 0, offset + size <= bytes.count else { return 0 }
        return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
