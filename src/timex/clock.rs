//! Clock times.
//!
//! «ocho menos cuarto de la tarde» is 19:45: the hour, the minutes before it, and the half of the day that the part tells.

use super::ops::Parts;
use super::value::Clock;
use crate::pack::dates::{HalfDay, Part};

pub(super) fn clock(parts: &Parts) -> Option<Clock> {
    let mut clock = match (parts.clocks[0], parts.figure(0)) {
        (Some(clock), _) => clock,
        (None, Some(hour)) => Clock::hour(i8::try_from(hour.value).ok().filter(|hour| *hour <= 24)?),
        (None, None) => match parts.fields.part? {
            Part::Noon => Clock { sure: true, ..Clock::hour(12) },
            Part::Midnight => Clock { sure: true, ..Clock::hour(0) },
            _ => return None,
        },
    };
    let minutes = if parts.clocks[0].is_some() { parts.figure(0) } else { parts.figure(1) };
    if let Some(minutes) = minutes {
        clock.minute = Some(i8::try_from(minutes.value).ok().filter(|m| *m < 60)?);
    }
    if let Some(minutes) = parts.minutes {
        clock.minute = Some(minutes);
        if minutes < 0 {
            clock = Clock { hour: (clock.hour + 23) % 24, minute: Some(60 + minutes), ..clock };
        }
    }
    if let Some(part) = parts.fields.part {
        clock = clock.within(part);
    }
    clock = match parts.half_day {
        _ if clock.sure && clock.hour > 12 => clock,
        Some(HalfDay::Am) => Clock { hour: clock.hour % 12, sure: true, ..clock },
        Some(HalfDay::Pm) => Clock { hour: clock.hour % 12 + 12, sure: true, ..clock },
        None => clock,
    };
    Some(clock)
}

/// Minutes before the hour.
pub(super) fn minutes_to(parts: &Parts) -> Option<Clock> {
    let (hour, minutes) = match (parts.minutes, parts.figure(0)?, parts.figure(1)) {
        (Some(minutes), hour, None) => (hour.value, i32::from(minutes)),
        (None, first, Some(second)) => (second.value, first.value),
        _ => return None,
    };
    let hour = i8::try_from((hour + 23).rem_euclid(24)).ok()?;
    let minute = i8::try_from(60 - minutes).ok().filter(|minute| (1..60).contains(minute))?;
    let clock = Clock { minute: Some(minute), ..Clock::hour(hour) };
    Some(parts.fields.part.map_or(clock, |part| clock.within(part)))
}
