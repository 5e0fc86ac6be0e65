// The dashboard's loop: waiting for a key is the frame clock.
internal import Conversation

struct Loop {
    /// Between two pictures: 10 Hz at most.
    private static let frame = TimeSpan.ms(100)

    private let terminal: Terminal
    private let feed: DashboardFeed
    private let options: DashboardOptions
    private var dashboard: Dashboard
    private var painter: Painter
    private var nextFrame = Moment.zero
    private var shownSecond: Int64 = -1
    private var mustDraw = true

    init(_ terminal: Terminal, options: DashboardOptions, feed: DashboardFeed) {
        self.terminal = terminal
        self.feed = feed
        var options = options
        options.ascii = options.ascii || !terminal.isUTF8
        self.options = options
        dashboard = Dashboard(options)
        painter = Painter(terminal, theme: options.mono || !terminal.wantsColours ? .mono : .colour)
    }

    /// Runs until the operator leaves or the terminal hangs up (true), or `isStopped` says so (false).
    mutating func run(until isStopped: () -> Bool, act: (Dashboard.Request) -> Void) -> Bool {
        while !isStopped() {
            let wait = min(max(nextFrame - feed.now(), .zero), Self.frame)
            // Rounded up: a wait of 0 ms just before the frame would spin.
            switch terminal.key(within: Int((wait.microseconds + 999) / 1000)) {
            case .key(let key):
                mustDraw = true
                let request = dashboard.handle(key, at: feed.now())
                if request == .leave { return true }
                if let request { act(request) }
                // The rest of a paste or of a held key first, then one picture.
                if terminal.hasMoreKeys { continue }
                draw()
            case .gone: return true
            case .nothing: break
            }
            if feed.now() >= nextFrame { tick() }
        }
        return false
    }

    private mutating func tick() {
        let now = feed.now()
        nextFrame = now + Self.frame
        let events = feed.drain()
        if !events.isEmpty {
            dashboard.apply(events, dropped: feed.dropped())
            mustDraw = true
        }
        if let size = terminal.size, size != painter.size {
            painter.resize(size)
            dashboard.resize(columns: size.columns, rows: size.rows)
            mustDraw = true
        }
        let second = now.microseconds / 1_000_000
        if second != shownSecond {
            shownSecond = second
            // Once a second, because the operator may change the clock or the season its offset.
            dashboard.set(WallClock(startOfServer: terminal.timeOfDay() - (now - .zero)))
            mustDraw = true
        }
        if mustDraw { draw() }
    }

    private mutating func draw() {
        guard let size = painter.size else { return }
        var canvas = Canvas(columns: size.columns, rows: size.rows, ascii: options.ascii)
        dashboard.draw(on: &canvas, at: feed.now())
        painter.paint(canvas)
        mustDraw = false
    }
}

/// Brings a canvas to the terminal, changed rows only.
struct Painter {
    private let terminal: Terminal
    private let theme: Theme
    private(set) var size: Terminal.Size?
    private var shown: Canvas?

    init(_ terminal: Terminal, theme: Theme) {
        self.terminal = terminal
        self.theme = theme
    }

    mutating func resize(_ size: Terminal.Size) {
        self.size = size
        shown = nil
        terminal.resize(size)
    }

    mutating func paint(_ canvas: Canvas) {
        for row in 0..<canvas.rows where shown?.row(row) != canvas.row(row) { paint(canvas.row(row), row) }
        terminal.flush()
        shown = canvas
    }

    /// A row, in runs of one style.
    private func paint(_ cells: ArraySlice<Canvas.Cell>, _ row: Int) {
        var run = ""
        var start = 0
        var style: Style?
        for (column, cell) in cells.enumerated() {
            if let current = style, current != cell.style {
                terminal.put(run, row, start, theme.attributes(current))
                (run, start) = ("", column)
            }
            style = cell.style
            run += cell.text
        }
        if let style { terminal.put(run, row, start, theme.attributes(style)) }
    }
}
