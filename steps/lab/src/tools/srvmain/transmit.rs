//! `srvmain -t`: a reply for everybody who was heard.

use runsheet_step::Moment;

use super::{Failed, has_master, messages};
use crate::lab::Lab;
use crate::mail::Content;
use crate::postoffice::PostofficeId;
use crate::server::note::What;

/// The files of all replies, and of one.
const TEMPORARY: [&str; 2] = [r"GLB\SRVUPDS.GLB", r"GLB\TMPTRANS.GLB"];

/// Puts all replies together in SRVUPDS.GLB and, one by one, TMPTRANS.GLB. Where no mail can be
/// made nobody is answered, and all will be heard again (Q136333).
pub(super) fn gather(lab: &mut Lab, id: PostofficeId, now: Moment) -> Result<(), Failed> {
    let postoffice = &mut lab.postoffices[id];
    if !has_master(postoffice) {
        postoffice.warning(now, 2, &["MSTTRANS"]);
        postoffice.fatal(now, 162, &[]);
        return Err(Failed);
    }
    // What is put together goes through two files; that it fails with 163 is inferred.
    let free = |path: &&str| postoffice.conditions.write(path).is_ok();
    if !TEMPORARY.iter().all(free) {
        postoffice.fatal(now, 163, &[]);
        return Err(Failed);
    }
    let lists = postoffice.server_lists();
    let cannot = postoffice.can_post().is_err();
    let Some(serving) = &mut postoffice.serving else {
        return Err(Failed);
    };
    let mut heard = serving.server.heard();
    if let Some(name) = heard.next().filter(|_| cannot) {
        let to = format!("PCM:{name}");
        drop(heard);
        postoffice.fatal(now, 159, &[&to]);
        return Err(Failed);
    }
    drop(heard);
    serving.outgoing = Some(serving.server.transmit(&lists, |_| None));
    Ok(())
}

/// Leaves the replies in P1.
pub(super) fn send(lab: &mut Lab, id: PostofficeId, now: Moment) -> Result<(), Failed> {
    let serving = lab.postoffices[id].serving.as_mut();
    let answers = serving.and_then(|it| it.outgoing.take());
    let mut sent = Ok(());
    for answer in answers.into_iter().flatten() {
        if let Some(reply) = answer.reply {
            let to = lab.dirsync_address(&answer.requestor);
            let postoffice = &mut lab.postoffices[id];
            if postoffice.post_to(to, now, Content::Reply(reply)).is_err() {
                postoffice.fatal(now, 159, &[&format!("PCM:{}", answer.requestor)]);
                sent = Err(Failed);
            }
        }
        if answer.notes.iter().any(|it| it.what == What::OutOfMemory) {
            sent = Err(Failed);
        }
        messages::log(&mut lab.postoffices[id], now, &answer.notes);
    }
    sent
}
