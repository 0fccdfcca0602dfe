//! Who answers for a plugin: an Ed25519 signature (RFC 8032) over its name, version and hash, which is
//! that of all its manifest says and so of its files. It lies in a file beside its own.

use std::path::{Path, PathBuf};

use ed25519_dalek::{Signature as Ed25519, Signer, SigningKey, VerifyingKey};
use runsheet_step::Name;
use serde_json::Value;

use crate::manifest::{Manifest, Score, Tested};
use crate::yaml;

/// The public half of a key.
pub type PublicKey = [u8; 32];

/// The secret half, of which the public one follows.
pub struct SecretKey(SigningKey);

/// A signature, and the key that is said to have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The key.
    pub key: PublicKey,
    bytes: [u8; 64],
    /// The same key's signature of the score, if there was one.
    score: Option<[u8; 64]>,
}

/// What is known of who answers for a plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nobody does.
    No,
    /// Somebody who is not trusted here.
    Stranger(PublicKey),
    /// Somebody who is, by the name they have here.
    By(Name),
}

/// The place of the signature of a plugin's file.
#[must_use]
pub fn path_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sig");
    name.into()
}

/// What is signed.
fn statement(manifest: &Manifest) -> Vec<u8> {
    let Manifest {
        name,
        version,
        sha256,
        ..
    } = manifest;
    format!("runsheet plugin 1\n{name}\n{version}\n{sha256}\n").into_bytes()
}

/// What is signed of how a plugin was tested; nothing if it was not, as it is.
fn score_statement(manifest: &Manifest) -> Option<Vec<u8>> {
    let Tested::With(score) = manifest.tested() else {
        return None;
    };
    let Manifest { name, version, .. } = manifest;
    let Score { passed, of, sha256 } = score;
    let text = format!("runsheet score 1\n{name}\n{version}\n{sha256}\n{passed} of {of}\n");
    Some(text.into_bytes())
}

impl SecretKey {
    /// The key of 32 bytes that nobody can guess.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> SecretKey {
        SecretKey(SigningKey::from_bytes(bytes))
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.0.verifying_key().to_bytes()
    }

    /// The text of a file that keeps it.
    #[must_use]
    pub fn text(&self) -> String {
        let entries = [
            ("key", Value::from(1)),
            ("public", hex(&self.public()).into()),
            ("secret", hex(&self.0.to_bytes()).into()),
        ];
        let remark = "# Whoever has this file can sign plugins in your name: keep it to yourself.";
        format!("{remark}\n{}", yaml::text(&entries))
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// What is wrong with it, without a word of what is in it.
    pub fn read(text: &str) -> Result<SecretKey, String> {
        let said = yaml::read(text).map_err(|_| "it is no file of a key".to_owned())?;
        let secret = said.get("secret").and_then(Value::as_str);
        let secret = secret.ok_or("it has no secret key")?;
        let secret = bytes(secret).ok_or("its secret key is no longer whole")?;
        let key = SecretKey::new(&secret);
        let public = said.get("public").and_then(Value::as_str);
        match public.is_none_or(|public| public == hex(&key.public())) {
            true => Ok(key),
            false => Err("its secret key is not that of its public key".to_owned()),
        }
    }

    /// Signs the plugin of a manifest, and how it was tested.
    #[must_use]
    pub fn sign(&self, manifest: &Manifest) -> Signature {
        let signed = |statement: &Vec<u8>| self.0.sign(statement).to_bytes();
        Signature {
            key: self.public(),
            bytes: signed(&statement(manifest)),
            score: score_statement(manifest).as_ref().map(signed),
        }
    }
}

impl Signature {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut entries = vec![
            ("signature", Value::from(1)),
            ("key", hex(&self.key).into()),
            ("ed25519", hex(&self.bytes).into()),
        ];
        let score = self.score.map(|score| ("score", hex(&score).into()));
        entries.extend(score);
        yaml::text(&entries)
    }

    /// Reads the text.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Signature, String> {
        let said = yaml::read(text)?;
        let text = |key: &str| said.get(key).and_then(Value::as_str);
        if said.get("signature") != Some(&Value::from(1)) {
            return Err("it does not begin with `signature: 1`".to_owned());
        }
        let key = text("key").and_then(bytes).ok_or("it has no `key`")?;
        let signed = text("ed25519").and_then(bytes);
        Ok(Signature {
            key,
            bytes: signed.ok_or("it has no `ed25519`")?,
            score: text("score").and_then(bytes),
        })
    }

    /// Whether its key made it, for this plugin.
    #[must_use]
    pub fn holds(&self, manifest: &Manifest) -> bool {
        self.is_of(&statement(manifest), &self.bytes)
    }

    /// Whether its key says of the score, too, that it is true.
    #[must_use]
    pub fn vouches(&self, manifest: &Manifest) -> bool {
        let both = score_statement(manifest).zip(self.score);
        both.is_some_and(|(statement, signed)| self.is_of(&statement, &signed))
    }

    fn is_of(&self, statement: &[u8], signed: &[u8; 64]) -> bool {
        let key = VerifyingKey::from_bytes(&self.key);
        let signature = Ed25519::from_bytes(signed);
        key.is_ok_and(|key| key.verify_strict(statement, &signature).is_ok())
    }
}

/// The public key of its text, 64 digits in hex.
///
/// # Errors
/// Why it is none.
pub fn public_key(text: &str) -> Result<PublicKey, String> {
    let key: PublicKey = bytes(text).ok_or("a public key is 64 digits in hex")?;
    VerifyingKey::from_bytes(&key).map_err(|_| "no key has these digits".to_owned())?;
    Ok(key)
}

/// Bytes in hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    let mut all = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, digits) in all.iter_mut().zip(text.chunks(2)) {
        let digit = |of: u8| char::from(of).to_digit(16);
        let (high, low) = (digit(digits[0])?, digit(digits[1])?);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::{SecretKey, Signature, bytes, hex, public_key};
    use crate::manifest::{Manifest, Score};

    fn manifest() -> Manifest {
        let text = "plugin: 1\nname: shelf\nversion: \"1.0\"\nline: \"1.1\"\nlibrary: aa\n";
        Manifest::read(text).expect("it is read")
    }

    #[test]
    fn the_public_half_of_a_key_is_that_of_the_standard() {
        // RFC 8032, section 7.1, test 1.
        let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let key = SecretKey::new(&bytes(secret).expect("32 bytes"));
        assert_eq!(hex(&key.public()), public);
        assert_eq!(public_key(public), Ok(key.public()));
    }

    #[test]
    fn a_signature_holds_for_one_plugin_and_no_other() {
        let key = SecretKey::new(&[7; 32]);
        let signature = key.sign(&manifest());
        assert_eq!(Signature::read(&signature.text()), Ok(signature.clone()));
        assert!(signature.holds(&manifest()));
        let changes: [fn(&mut Manifest); 3] = [
            |it| it.name = "shelves".into(),
            |it| it.version = "1.1".into(),
            |it| it.sha256.replace_range(0..1, "b"),
        ];
        for change in changes {
            let mut other = manifest();
            change(&mut other);
            assert!(!signature.holds(&other), "{other:?}");
        }
        let mut forged = signature;
        forged.key = SecretKey::new(&[8; 32]).public();
        assert!(!forged.holds(&manifest()));
    }

    #[test]
    fn a_score_is_vouched_for_as_it_was_when_it_was_signed() {
        let key = SecretKey::new(&[7; 32]);
        let mut tested = manifest();
        assert!(!key.sign(&tested).vouches(&tested));
        tested.score = Some(Score {
            passed: 14,
            of: 15,
            sha256: tested.sha256.clone(),
        });
        let untested = key.sign(&manifest());
        assert!(untested.holds(&tested) && !untested.vouches(&tested));
        let signature = key.sign(&tested);
        assert_eq!(Signature::read(&signature.text()), Ok(signature.clone()));
        assert!(signature.vouches(&tested));
        let mut better = tested.clone();
        better.score = Some(Score {
            passed: 15,
            of: 15,
            sha256: tested.sha256.clone(),
        });
        assert!(signature.holds(&better) && !signature.vouches(&better));
    }

    #[test]
    fn a_key_is_kept_in_a_file_and_never_told_of() {
        let key = SecretKey::new(&[7; 32]);
        let read = SecretKey::read(&key.text()).expect("it is read");
        assert_eq!(read.public(), key.public());
        let broken = key.text().replace("secret: ", "secret: 0");
        let told = SecretKey::read(&broken).err().expect("it is refused");
        assert_eq!(told, "its secret key is no longer whole");
        let other = key.text().replace("secret: \"0", "secret: \"1");
        let told = SecretKey::read(&other).err().expect("it is refused");
        assert_eq!(told, "its secret key is not that of its public key");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "d75a", &"zz".repeat(32), &"d7".repeat(33)] {
            assert!(public_key(text).is_err(), "{text}");
        }
    }
}
