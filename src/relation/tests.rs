//! What sentences are linked to, a line for each mechanism. Names are runs of capitals here: the recogniser has tests of its own.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panic")]

use crate::pack::{Packs, Source};
use crate::relation::{Link, Modality};
use crate::{Context, Document, analyze};

/// The links of a text's quantities.
fn links(language: &str, text: &str) -> Vec<Link> {
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    let doc = Document {
        text: text.to_owned(),
        language: Some(language.to_owned()),
        published: Some("2024-05-23".to_owned()),
        ..Document::default()
    };
    analyze(&doc, &cx).facts.into_iter().map(|fact| fact.link).collect()
}

/// `measure/subject/predicate` of a quantity.
fn core(link: &Link) -> String {
    format!("{}/{}/{}", link.measure, link.subject, link.predicate)
}

#[test]
fn a_measure_is_named_before_behind_or_by_the_verb() {
    for (text, wanted) in [
        ("Ayer Norte cerró con una pérdida del 1,2 %.", "pérdida/Norte/cerrar con"),
        ("Ayer Norte concentró el 40 % del talento joven.", "talento joven/Norte/concentrar"),
        ("En mayo la tasa de paro fue del 8 %.", "tasa de paro//ser del"),
        ("Ayer Norte elevó sus ventas un 6 %.", "ventas/Norte/elevar"),
        ("Ayer los ingresos de Norte subieron un 6 %.", "ingresos/Norte/subir"),
        ("Ayer Norte compró un local de 80 metros cuadrados.", "/Norte/comprar"),
    ] {
        let found = links("es", text);
        assert_eq!(core(&found[0]), wanted, "{text}");
    }
}

#[test]
fn what_is_counted_leaves_out_its_owner() {
    for (text, wanted) in [
        ("Hay 21 laboratorios nacionales clave en la zona.", "laboratorios nacionales clave"),
        ("Ganó 15 de los 18 partidos jugados.", "partidos jugados"),
        ("Jugó los dos primeros encuentros.", "primeros encuentros"),
        ("El número de empresas pequeñas superó las 2.400.", "empresas pequeñas"),
        ("Vendió 300 acciones valoradas en 20 euros.", "acciones"),
    ] {
        assert_eq!(links("es", text)[0].counted, wanted, "{text}");
    }
}

#[test]
fn a_change_has_a_direction_and_parts() {
    for (text, wanted) in [
        ("Las ventas subieron un 6 % hasta 221 millones de euros.", vec![("up", "by"), ("up", "to")]),
        ("El beneficio pasó de 14 a 18 millones de euros.", vec![("up", "from"), ("up", "to")]),
        ("El paro pasó de 18 a 14 puntos.", vec![("down", "from"), ("down", "to")]),
        ("Hubo una caída del 3 %.", vec![("down", "by")]),
        ("El precio es un 9 % más alto.", vec![("up", "by")]),
        ("La cifra asciende a 20 euros.", vec![("", "")]),
    ] {
        let found: Vec<(&str, &str)> = links("es", text)
            .iter()
            .map(|link| (link.trend.map_or("", |t| t.as_str()), link.role.map_or("", |r| r.as_str())))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn how_far_a_fact_is_asserted() {
    for (text, wanted) in [
        ("Norte destinará 15 millones de euros a tiendas.", "planned"),
        ("La economía crecerá un 3 %.", "forecast"),
        ("El coste podría llegar a 20 euros.", "possible"),
        ("Según el informe, hay 20 casos.", "reported"),
        ("Norte no vendió 20 casas.", "negated"),
        ("Norte vendió 20 casas.", ""),
        ("Norte prevé abrir 20 tiendas.", "planned"),
    ] {
        assert_eq!(links("es", text)[0].modality.as_str(), wanted, "{text}");
    }
}

#[test]
fn two_subjects_have_two_quantities() {
    let found = links("es", "Ayer los ingresos y el beneficio subieron un 6 % y un 9 %.");
    assert_eq!((found[0].measure.as_str(), found[1].measure.as_str()), ("ingresos", "beneficio"));
}

#[test]
fn a_list_shares_what_opens_it() {
    let found = links(
        "es",
        "Los valores que registraron las mayores ganancias fueron Norte, un 5 %; Sur, un 4 %; y Ribera, un 3 %.",
    );
    let subjects: Vec<&str> = found.iter().map(|link| link.subject.as_str()).collect();
    assert_eq!(subjects, ["Norte", "Sur", "Ribera"]);
    assert!(found.iter().all(|link| link.measure == "ganancias" && link.predicate == "registrar"));
}

#[test]
fn cells_take_the_label_of_their_row_and_the_head_of_their_column() {
    let text =
        "La cotización de Norte y Sur fue hoy la siguiente: precio variación Norte 21,37 + 0,25 Sur 20,50 - 0,43.";
    let cells: Vec<String> =
        links("es", text).iter().map(|link| format!("{} {}", link.subject, link.measure)).collect();
    assert_eq!(cells, ["Norte precio", "Norte variación", "Sur precio", "Sur variación"]);
}

#[test]
fn the_date_of_its_clause_governs_a_quantity() {
    for (text, wanted) in [
        ("En 2023 Norte vendió 20 casas y compró 3 barcos.", "2023"),
        ("Norte, que abrió en 1998, vendió 20 casas.", ""),
        ("Norte vendió 20 casas, informó ayer.", ""),
    ] {
        assert_eq!(links("es", text)[0].time, wanted, "{text}");
    }
}

#[test]
fn a_verb_that_stands_second_has_its_meaning_at_the_end_of_the_clause() {
    for (language, text, wanted) in [
        ("de", "Der Gewinn brach um 6 Prozent ein.", "Gewinn//einbrechen"),
        ("de", "Die Preise sind im Mai um 6 Prozent gestiegen.", "Preise//steigen"),
        ("de", "Danach könnten die Preise um 6 Prozent steigen.", "Preise//steigen"),
        ("de", "Es hieß, dass der Umsatz um 6 Prozent gesunken ist.", "Umsatz//sinken"),
        ("nl", "De winst nam met 6 procent af.", "winst//afnemen"),
        ("nl", "De prijzen zijn in mei met 6 procent gestegen.", "prijzen//stijgen"),
        ("nl", "De winst nam af van 6 tot 3 procent.", "winst//afnemen"),
    ] {
        let found = links(language, text);
        assert_eq!(core(&found[0]), wanted, "{text}");
    }
}

#[test]
fn the_subject_of_a_verb_that_stands_second_may_follow_it() {
    for (language, text, subject, counted) in [
        ("de", "Dort verkaufte die Brauerei 300 neue Kisten.", "Brauerei", "neue Kisten"),
        ("de", "Den Brauern half die Brauerei mit 300 Kisten.", "Brauerei", "Kisten"),
        ("de", "Die Brauerei, die 300 Kisten verkaufte, schloss.", "Brauerei", "Kisten"),
        ("de", "Die Brauerei will 20 Häuser kaufen und 300 Kisten verkaufen.", "Brauerei", "Häuser"),
        ("nl", "Daar verkocht de brouwerij 300 nieuwe vaten.", "brouwerij", "nieuwe vaten"),
    ] {
        let found = links(language, text);
        assert_eq!((&*found[0].subject, &*found[0].counted), (subject, counted), "{text}");
    }
}

#[test]
fn what_a_measure_is_of_follows_it() {
    assert_eq!(links("de", "Ein Laster verlor 18 Tonnen Papier.")[0].measure, "Papier");
    assert_eq!(links("de", "Er verkauft 30 Prozent der Ernte.")[0].measure, "Ernte");
    assert_eq!(links("de", "Man baut 200 Wohnungen, 30 Prozent davon am Fluss.")[1].measure, "Wohnungen");
}

#[test]
fn the_mood_of_the_finite_word_tells_what_is_said() {
    for (text, wanted) in [
        ("Danach könnten die Preise um 6 Prozent steigen.", Modality::Possible),
        ("Die Brauerei will 300 Fässer kaufen.", Modality::Planned),
        ("Die Brauerei hat 300 Fässer nicht verkauft.", Modality::Negated),
        ("Es hieß, die Brauerei habe 300 Fässer verkauft.", Modality::Reported),
        ("Bei dem Brand wurden 300 Fässer zerstört.", Modality::Asserted),
    ] {
        assert_eq!(links("de", text)[0].modality, wanted, "{text}");
    }
}

#[test]
fn words_without_blanks_are_the_longest_of_the_tables() {
    for (text, at, wanted) in [
        ("公司的营业收入增长12%。", 0, "营业收入/公司/增长"),
        ("公司营业收入为386亿元，同比增长12%。", 1, "营业收入/公司/增长"),
        ("公司计划投资50亿元。", 0, "/公司/投资"),
    ] {
        assert_eq!(core(&links("zh", text)[at]), wanted, "{text}");
    }
    let found = links("zh", "公司有员工1350人，售出14万辆汽车，预计新建两座工厂。");
    let counted: Vec<&str> = found.iter().map(|link| &*link.counted).collect();
    assert_eq!(counted, ["员工", "汽车", "工厂"]);
    assert_eq!(found[2].modality, Modality::Forecast);
}

#[test]
fn any_text_is_linked_without_a_stumble() {
    // Found to loop once: a relative clause whose closing comma lies before the item at hand.
    let text = "El hombre, que, según dijo, vino, y que ayer, donde vive, y 3 casas, que, 4 %, de 5, y, (6, 7) que 8.";
    assert!(links("es", text).len() >= 5);
}

#[test]
fn the_words_around_tell_a_verb_from_a_noun() {
    for (text, wanted) in [
        ("On Monday fuel costs rose 11%.", "fuel costs//rise"),
        ("The trial tested in May enrolled 4,800 children.", "/trial/enrol"),
        ("Yesterday a ship carrying 9,300 containers sank.", "/ship/carry"),
        ("The vaccine cut infections by 68%.", "infections/vaccine/cut"),
        ("On Monday Norland shares have risen 57%.", "shares/Norland/rise"),
        ("The carrier will retire jets and cut 1,400 jobs.", "/carrier/cut"),
        ("Net profit more than doubled to 12 million euros.", "Net profit//double"),
        ("The bank's sales grew by about 7%.", "sales/bank/grow"),
    ] {
        let found = links("en", text);
        assert_eq!(core(&found[0]), wanted, "{text}");
    }
}

#[test]
fn an_amount_before_its_noun_is_its_value_or_that_of_its_bearer() {
    for (text, wanted) in [
        ("It will charge a 0.6% fee.", "fee//charge"),
        ("Base price: 300 euros.", "Base price//"),
        ("The bridge is 2 km long.", "/bridge/be"),
    ] {
        let found = links("en", text);
        assert_eq!(core(&found[0]), wanted, "{text}");
    }
}

#[test]
fn an_adverb_of_direction_makes_a_change() {
    for (text, wanted) in [
        ("The index ended down 1% at 1,463 points.", vec![("down", "by"), ("down", "to")]),
        ("Sales were up 5%.", vec![("up", "by")]),
        ("The party gave up 20 seats.", vec![("", "")]),
        ("There was a 19% drop.", vec![("down", "by")]),
        ("It fell to 49.5 Hz in May and 49.2 Hz in June.", vec![("down", "to"), ("down", "to")]),
    ] {
        let found = links("en", text);
        let found: Vec<_> = found
            .iter()
            .map(|link| {
                let trend = match link.trend {
                    Some(crate::quantity::Trend::Up) => "up",
                    Some(crate::quantity::Trend::Down) => "down",
                    None => "",
                };
                (trend, link.role.map_or("", |role| role.as_str()))
            })
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn a_plan_told_is_a_plan_and_what_is_not_done_denied() {
    for (text, wanted) in [
        ("The bank said it would hire 60 people.", "planned"),
        ("The club did not receive 30 million euros.", "negated"),
        ("Ministers have agreed to pay 20 million euros.", "planned"),
        ("It is expected to reach 40 degrees.", "forecast"),
    ] {
        assert_eq!(links("en", text)[0].modality.as_str(), wanted, "{text}");
    }
}

#[test]
fn a_text_without_ends_of_sentences_is_linked_in_stretches() {
    let text = "ayer vendió 3 casas ".repeat(400);
    let found = links("es", &text);
    assert_eq!(found.len(), 400);
    assert!(found.iter().filter(|link| link.counted == "casas").count() > 390);
}
