// Full stops that do not end a sentence. A list and not a model: a wrong guess costs a breath in the wrong place, and a
// list can be read.

/// What a full stop after a word means.
package enum Abbreviations {
    package enum Kind: Sendable, Equatable {
        /// An ordinary word: the sentence ends.
        case none
        /// Something follows for certain: "Mr."
        case never
        /// An abbreviation only before a number: "No. 5", but "No. I do not."
        case beforeNumber
        /// It may end a sentence: "at 5 p.m. Then". The word that follows tells.
        case perhaps
    }

    /// Of `word`, without its last full stop.
    package static func kind(of word: String) -> Kind {
        if never.contains(word) { return .never }
        if numbered.contains(word) { return .beforeNumber }
        if perhaps.contains(word) || isInitial(word) || isDotted(word) { return .perhaps }
        return .none
    }

    /// Whether a sentence is likely to begin with `word`, where a name or a unit might follow instead.
    package static func begins(_ word: String) -> Bool { starters.contains(word) }

    /// "J" of "J. K. Rowling".
    private static func isInitial(_ word: String) -> Bool {
        guard let letter = word.unicodeScalars.first, word.unicodeScalars.count == 1 else { return false }
        return letter.properties.isUppercase
    }

    /// "U.S", "a.m", "Ph.D": one or two letters between full stops. Not "example.com".
    private static func isDotted(_ word: String) -> Bool {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(\.isLetter) }
    }

    private static let never = set(
        """
        Mr mr Mrs mrs Ms ms Mx Dr dr Prof prof St Ste Mt Ft Rev Hon Gov Pres Sen Rep Gen Adm Capt Cpt Cmdr Col Maj Lt Sgt
        Messrs Mme Mlle e.g i.e eg ie vs Vs cf Cf viz approx Approx incl excl resp aka
        Hr Frau Fr z.B d.h u.a bzw ca Nr Dipl Sra Srta Ud Uds núm pág
        """)

    private static let numbered = set(
        "No no Nos nos p pp Fig fig Figs figs Vol vol Ch ch Sec sec Eq eq Art art Op op ext Ext Mon Tue Tues Wed Thu Thurs"
    )

    private static let perhaps = set(
        """
        etc al Jr Sr Inc Ltd Corp Co LLC Bros Esq Ave Blvd Rd Dept dept est tel min max hr hrs mins secs oz lb lbs
        Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec usw evtl
        """)

    private static let starters = set(
        """
        The A An It It's It’s I I'm I’m I'll I’ll I've I’ve He She We We'll We’ll You You'll You’ll They This That That's
        That’s These Those There There's There’s Here Then But And So If When While What Where Why Who How In On At My
        Our Your His Her Their Is Are Do Did Does Can Could Would Will Should Please Let Let's Let’s Now Yes No Not After
        Before For From However Also Once With As To Another Some Each Every Both Maybe Perhaps Okay OK
        """)

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
