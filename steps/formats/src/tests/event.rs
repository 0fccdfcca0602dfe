//! Events as articles print them, and spoilt ones.

use super::*;
use crate::log::squeezed;

/// Whole records: Q147464, Q133401, Q266442, Q175588, Q192484, Q241117, Q159295, Q159189, Q169677,
/// Q163020, Q175447, Q165485, Q168857, Q158309, Q185225, Q158379.
const RECORDS: &[&str] = &[
    "Event ID: 4395\nCategory: Moved Out\nDescription: Mail sent from \\\\SALES\\MAILDATA\nFROM: NORTH/SALES/$SYSTEM\nTO: LITWARE/NORTH/$SYSTEM",
    "Category: Moved In\nDescription:\nDate: 05/03/95\nTime: 18:43\nMessage ID: 00000032\nSize: 1235\nFROM: NETWORK/PO1/USER03\nTO: NETWORK/PO3/USER45",
    "Error 4536-Incomplete or missing routing information at EXCH1. Routing could not be determined due to an external member in a group definition.",
    "Event ID: 221\nSource: MSExchangeDX\nDescription: An Import Reply (full export) will be done to Sales\nPostoffice on the next reply.",
    "Event ID: 133\nDescription: Error DS_Service_error , problem DS_E_ADMIN_LIMIT_EXCEEDED\nreturned by the Microsoft Exchange DS. (thread 0).",
    "Event ID: 168\nSource: MSExchangeDX\nDescription: State information could not be updated. Duplicates may be sent or\nreceived during the next synchronization cycle for remote dirsync\nreq_name.(Thread 504).",
    "Event ID: 134\nType: Error\nSource: MSExchangeDX\nCategory: Event Handler\nError MH_RC_SESSION_BUSY returned by the MTA. (Thread 812).",
    "Event ID: 247\nSource: MSExchangeDX\nType: Error\nCategory: MS Mail 3.2",
    "EventID: 249\nSource: MSExchangeDX\nType: Error\nCategory: Startup\nDescription:\nError -1201 occurred while trying to create a new database.",
    "Event 2010     MSExchangeMSMI    Debug Data\nDisk error encountered while inserting data into 00000004.MBG from 00004950.",
    "Event 2117     MSExchangeMSMI    Warning\n\nNon delivery report generated.\n\nFrom: MICROSOFT/NETPO/USER\nSubject: Message from User\n\n[008] Failure delivering user mail due to mailbag contention.\nMail item was not delivered to:",
    "2444\nSource: MSExchangeMSMI\nCategory: Routing\nMessage ID <00000C9D> processed from INQUEUE",
    "Event  2335         Source    MSExchangeMSMI\nType   Information  Category  Session Data\nMS Mail Connector Interchange has established an MTA session for\ndownloading messages from the Exchange server.",
    "Event ID: 2302\nSource: Service Control Manager\nMS Mail Connector Interchange has failed to start the mailer component. Return code from mailer is 0x2 and the return code Win32 is 0x20.",
    "Event ID: 178\nSource: MSExchangeMTA\nCategory: X400 Service",
    "Event 124\nSource: ESE97\nCategory: Logging/Recovery\nDesc: MSExchangeDX 185 (Unable to read the log header. error - 1022)",
    "Event ID 2446/2447 MSExchangeMSMI\n\nMS Mail Connector Interchange has failed processing message from Exchange. The message is left in the delivery queue. Use the MS Exchange Administrator to view the details for this message or remove it from the queue. This message entitled \"Lunch\" is from John Doe. This error message will be logged again the next time MS Connector is restarted if the message is not removed from the queue.",
];

#[test]
fn records_are_printed_as_they_were_read() {
    for text in RECORDS {
        let read = Event::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(squeezed(&read.to_string()), squeezed(text));
        let lines = |text: &str| text.lines().filter(|it| !it.trim().is_empty()).count();
        assert_eq!(lines(&read.to_string()), lines(text), "{text}");
    }
}

#[test]
fn number_source_category_and_text_must_agree() {
    let spoilt = [
        (0, "4395", "4355"),
        (0, "Moved Out", "Sent"),
        (0, "Moved Out", "Moved Owt"),
        (0, "MAILDATA", "MAILDAT$"),
        (0, "Mail sent", "Mail snt"),
        (0, "NORTH/SALES", "NORTH SALES"),
        (1, "Moved In", "Received"),
        (2, "4536", "4535"),
        (3, "MSExchangeDX", "MSExchangeMSMI"),
        (4, "133", "134"),
        (6, "Event Handler", "Startup"),
        (6, "Type: Error", "Type: Warning"),
        (6, "(Thread 812)", "(Thraed 812)"),
        (7, "Category", "Categry"),
        (9, "2010", "2011"),
        (10, "[008]", "[007]"),
        (13, "0x20", "0y20"),
    ];
    for (index, from, to) in spoilt {
        let text = RECORDS[index].replace(from, to);
        assert!(Event::parse(&text).is_err(), "{text}");
    }
}

#[test]
fn a_record_is_of_one_sort() {
    let sent = Event::parse(RECORDS[0]).unwrap();
    assert_eq!(
        sent.definition().map(|it| (it.id, it.category)),
        Some((4395, "Moved Out"))
    );
    assert_eq!(
        sent.arguments(),
        [
            "SALES",
            "MAILDATA",
            "NORTH/SALES/$SYSTEM",
            "LITWARE/NORTH/$SYSTEM"
        ]
    );
    let text = definition(221, "").and_then(|it| it.text(&["Sales"]));
    assert!(Event::parse(&format!("Event ID: 221\n{}", text.unwrap())).is_ok());
}

#[test]
fn a_line_of_the_event_viewer_is_read() {
    for text in [
        "31/12/96 19:56:34 MSExchangeMSMI Warning NDR 2117 N/A EXGAU30003 Non delivery report generated.",
        "5/22/97 12:55:53 PM MSExchangeMSMI Information Routing 2444 N/A TRADE Message ID <00000C9D> processed from INQUEUE",
        "MSExchangeMSMI Warning NDR 2371 N/A TRADE Invalid recipient(s) found in CA/TCAHQPO/00000C9D. Generating non-delivery report.",
    ] {
        assert_eq!(raw::Line::parse(text).unwrap().to_string(), text);
    }
    for wrong in [
        "31/13/96 19:56:34 MSExchangeMSMI Warning NDR 2117 N/A EXGAU30003 Non delivery report generated.",
        "31/12/96 19:56:34 MSExchangeMSMI Warning NDR 2118 N/A EXGAU30003 Non delivery report generated.",
        "31/12/96 19:56:34 MSExchangeMSMI Error NDR 2117 N/A EXGAU30003 Non delivery report generated.",
        "31/12/96 19:56:34 MSExchangeMSMI Warning NDR 2117 NA EXGAU30003 Non delivery report generated.",
    ] {
        assert!(raw::Line::parse(wrong).is_err(), "{wrong}");
    }
}
