"""What each combination of a goal is for, what a stage of the season asks, and what a season costs besides fees."""

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Combination(Part):
    for_whom: str = Field(alias="for")
    price: str


class Cost(Part):
    what: str
    where: str = ""
    priced: bool = False
    needs_stay: bool = False


class Combinations(Part):
    combinations: dict[str, Combination]
    stages: dict[str, str]
    season_costs: tuple[Cost, ...]
