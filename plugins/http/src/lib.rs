//! A sample plugin: requests over HTTP. The kind `http` asks once and judges the response,
//! `wait-for-http` asks until it is as expected; both speak through the facility `http`.
//!
//! What asks for nothing but a look (GET, HEAD) is a read, and is done in a plan too; every other
//! method is an act. Nothing here opens a connection: that is the driver's, `http_driver.py`.
//! Start reading at [`facility`], the vocabulary, then [`request::Http`].

pub mod expect;
pub mod facility;
pub mod request;
pub mod wait;

runsheet_guest::export_plugin! {
    name: "http",
    summary: "requests over HTTP: asked, waited for and verified",
    steps: [request::Http, wait::WaitForHttp],
    facilities: [facility::HttpFacility],
    drivers: [runsheet_guest::plugin::Driver {
        name: "http",
        facility: facility::NAME,
        run: &["python3", "http_driver.py"],
        files: &[],
        environment: &[],
        options: Some(facility::options),
    }],
}
