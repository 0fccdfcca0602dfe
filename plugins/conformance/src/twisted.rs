//! Courses in which one question is answered otherwise than the world would.

use runsheet_step::{Answer, Request};

use crate::course::Course;
use crate::subject::{Kind, Subject};

/// Questions beyond this many of one course are let be.
const MOST: usize = 12;

/// A course with one other answer.
pub(crate) struct Twisted<'t, 'f> {
    /// The course.
    pub(crate) course: &'t Course<'f>,
    /// The course without it.
    pub(crate) plain: &'t Course<'f>,
    /// Which question was answered otherwise, from 0.
    pub(crate) number: usize,
    /// How.
    pub(crate) answer: &'t Answer,
}

/// Every course of a kind once for each of its questions that `other` has another answer for.
pub(crate) fn each(
    subject: &Subject,
    kind: &Kind,
    other: impl Fn(&Request, Option<&Answer>) -> Vec<Answer>,
    mut see: impl FnMut(Twisted<'_, '_>),
) {
    let player = subject.player(kind);
    for (scene, course) in subject.courses(kind).enumerate() {
        if course.end.is_proper().is_err() {
            continue;
        }
        for (number, entry) in course.transcript.iter().enumerate().take(MOST) {
            for answer in other(&entry.request, entry.answer.as_ref()) {
                let twist = |at: usize, _: &Request| (at == number).then(|| answer.clone());
                let world = subject.beginning(kind, scene);
                let twisted = player.play_with(&course.input, world, &twist);
                see(Twisted {
                    course: &twisted,
                    plain: &course,
                    number,
                    answer: &answer,
                });
            }
        }
    }
}
