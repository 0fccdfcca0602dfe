//! A dir-sync server that is a postoffice, on disk: its files are what it knows.

use std::fs;
use std::path::PathBuf;

use runsheet_formats::files::process::Process;
use runsheet_formats::files::srvconf::SrvConf;

use super::{Folder, run, same, seen_by_another, site};
use crate::disk::Disk;
use crate::postoffice::serving::Serving;

/// A site whose server is SALES, after a cycle.
fn served() -> (Folder, Disk) {
    let mut site = site();
    site.postoffices[0].server = true;
    let folder = Folder::new();
    let disk = Disk::create(&folder.lab(), &site).unwrap();
    (folder, disk)
}

fn file(folder: &Folder, path: &str) -> PathBuf {
    folder.lab().join("SALES").join(path)
}

/// What the process that holds the lab sees of the server as it changes it, and what a new one sees.
#[track_caller]
fn serving(folder: &Folder, disk: &mut Disk) -> Serving {
    let another = seen_by_another(&folder.lab());
    disk.change(|lab| same(lab, &another)).unwrap();
    *another.postoffices[0].serving.clone().unwrap()
}

#[test]
fn what_a_person_makes_of_these_files_holds() {
    let (folder, mut disk) = served();
    let path = file(&folder, "GLB/SRVCONF.GLB");
    let mut conf = SrvConf::decode(&fs::read(&path).unwrap()).unwrap();
    conf.requestors.retain(|it| it.name.postoffice() != "PLANT");
    conf.server.keep_updates = 3;
    fs::write(&path, conf.encode()).unwrap();
    let server = serving(&folder, &mut disk).server;
    assert_eq!((server.requestors.len(), server.keep_updates), (2, 3));
    let sync = server.master.sync();
    fs::write(file(&folder, "GLB/MSTTRANS.GLB"), []).unwrap();
    let master = serving(&folder, &mut disk).server.master;
    assert_eq!((master.base(), master.sync()), (sync, sync));
    assert!(sync > 0);
}

#[test]
fn a_schedule_is_written_and_read() {
    let (folder, mut disk) = served();
    let line = "admin server schedule Mon 14:55 -dM";
    disk.change(|lab| run(lab, "SALES", line)).unwrap();
    let path = file(&folder, "GLB/PROCESS.GLB");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes.len(), 512 + 197);
    let mut process = Process::decode(&bytes).unwrap();
    process.tasks[0].hour = 6;
    fs::write(&path, process.encode()).unwrap();
    let another = seen_by_another(&folder.lab());
    let times = &another.postoffices[0].schedule.times;
    assert_eq!(times[0].line(), "T2 Mon 06:55");
}
