# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Sentences about special measures in the style of CQC and the press, grouped by the state that a reader should find."""

import pytest

from monitor.model import MeasuresState
from tests.cqc.read.special_measures_traps import HISTORY, HOW_IT_WORKS, NEITHER, OTHER_TRAPS, SOMEBODY_ELSES, THREATS_AND_DENIALS

IN, ENTERED, REMAINS, LEFT, NOT_STATED, UNCLEAR = (
    MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.REMAINS, MeasuresState.LEFT, MeasuresState.NOT_STATED, MeasuresState.UNCLEAR)  # fmt: skip


HOLDS_NOW = """
The overall rating for this service is 'Inadequate' and the service is therefore in 'special measures'.
The overall rating for this service is inadequate, and it is now in special measures.
This practice is in special measures.
The provider is now under special measures.
Overall the home has been rated inadequate and is in Special Measures.
As a result the agency is currently in special measures.
The service is therefore in ‘special measures’ .
This means the home is now in special measures and we will keep it under review.
Because of its rating, Meadow View is in special measures.
The hospital is on special measures.
The service is in special measures, which means we will inspect it again within six months.
The location is in special measures and could be closed if it does not improve.
The care home is subject to special measures.
As the overall rating is inadequate, this service is in special\xa0measures.
Hillside Nursing Home in special measures
This service is in special-measures.
The clinic's overall rating is inadequate and this places... it is therefore in special measures.
It is currently in special measures, meaning that we keep it under close review.
The service is now in special measures, which means it will be closely monitored to ensure people are kept safe while improvements are made.
It is now in special measures so that CQC can monitor it closely.
Due to our findings the service has been rated as inadequate and is in special measures.
Service in special measures
Ferndale Lodge is currently rated inadequate and in special measures.
We will work with the local authority while the service is in special measures.
As the home is in special measures, we will inspect again within six months.
Because the service is in special measures, new admissions need our agreement.
Care home now in special measures
The overall rating for this practice is inadequate and the practice is in special measures.
The home has been rated inadequate and is now in special measures due to poor care.
The service is rated inadequate and is in special measures.
Overall, it is rated as inadequate, which means that it is in special measures.
Because of the overall rating of inadequate the service is under special measures.
As a result of the inadequate rating the service is now in special measures.
The Elms is now in special measures and will be reinspected within six months.
The home, which is in special measures, will be inspected again.
Bristol nursing home is in special measures
Means the service is in special measures.
CQC said the home was now in special measures.
This means the service falls within special measures.
The service comes under special measures.
The service is inadequate and therefore in special measures.
Ratings: inadequate. The service is in special measures.
It is currently under special measures following an inspection in May.
The Firs – in special measures
The provider of this service is in special measures.
"""


ENTERED_WITH_THIS = """
This service is being placed in special measures.
The service is being placed into special measures.
We have placed the service in special measures.
We have placed the practice into special measures to protect patients.
We are placing the practice into special measures.
I am placing this service in special measures.
I am placing the practice into special measures so that it gets support from NHS England.
The overall rating for this service is inadequate, and it will be placed in special measures.
The service will now be placed in special measures.
Because it is rated inadequate, the home will be put into special measures.
The home has been rated inadequate and placed in special measures.
The care home was rated inadequate and placed in special measures.
A Kent care home has been placed in special measures after inspectors found residents at risk.
The Care Quality Commission has placed Elm Court in Leicester in special measures.
CQC has moved the home into special measures.
The surgery has been put in special measures.
The surgery has gone into special measures.
Oakfield went into special measures following our visit in June.
The agency has entered special measures.
It enters special measures with this report.
The rating of inadequate places it in special measures.
Inspectors' findings put the home into special measures.
Watchdog puts nursing home in special measures
Care home placed in special measures after damning report
Derby homecare agency put into special measures by CQC
Special measures have been imposed on Willow Lodge by the regulator.
Special measures were imposed on the practice because of our findings.
The practice has become the thirteenth in England to be placed under special measures.
It is the second time that the home has been placed in special measures.
The service has been placed back in special measures.
The home has been returned to special measures.
The service has fallen back into special measures.
We took the decision to place the service in special measures.
We have taken the decision to place this service into special measures.
Our decision to place the home in special measures was not taken lightly.
CQC decided to place the clinic in special measures.
CQC has had no choice but to place the service in special measures.
This led us to place the provider in special measures.
We did not see enough improvement and have placed the service in special measures.
The service was previously rated good and has now been placed in special measures.
The home, which was previously rated good, was rated inadequate and placed in special measures.
The home has dropped from good to inadequate and has been placed into special measures.
The service is to be placed in special measures.
The service, therefore, will be placed under special measures.
As a result of this inspection the service has been placed into what is known as special measures.
We have rated it inadequate, placing it in special measures.
We have taken enforcement action and put the home in special measures.
The home has been put into special measures and could be closed if it does not improve.
The service will be placed in special measures and, if there is no improvement, we will act to close it.
Chief inspector: "I have placed the home in special measures."
We’ve placed the service in special measures to keep people safe.
We therefore placed the service in special measures.
As a consequence the service is going into special measures.
The Willows has been made subject to special measures.
A GP surgery rated inadequate across the board has been placed in special measures.
Because we rated the service inadequate, we have put the service into special measures.
The practice will be placed in special measures for a period of six months.
CQC rates Rose Cottage inadequate and places it in special measures
The regulator has now placed the facility under special measures.
The decision means the practice enters special measures today.
The service has been rated as inadequate which means it has been placed in special measures.
As a result of this inspection, the service has been placed in special measures which means it will be kept under close review by CQC to keep people safe and it will be re-inspected to assess whether improvements have been made.
It has also been placed into special measures and will be kept under close review to make sure people are safe.
We have rated the service as inadequate overall and placed it in special measures.
CQC has told the provider it must make urgent improvements, after rating it inadequate and placing it in special measures following an inspection in May.
The CQC has rated the home inadequate, and has placed it into special measures.
Inadequate-rated home put in special measures
The home will enter special measures.
The service is going to be placed in special measures.
This service is now rated inadequate and has therefore been placed in special measures.
We’re placing the service in special measures.
we are therefore putting the service into special measures.
People can be reassured that we have placed the service in special measures and will monitor it.
We could not be assured people were safe so placed the service in special measures.
CQC took urgent action to place conditions on the home and put it in special measures.
Ashdown is the latest home to be placed in special measures.
The service is not improving fast enough and is being placed in special measures.
Because the service has not improved it will be placed in special measures.
The service did not meet the required standard so we placed it in special measures.
The home has been rated inadequate overall and put into special measures by the Care Quality Commission (CQC).
Inspectors rated the agency inadequate, down from good, and it was put into special measures.
The overall rating has gone down from requires improvement to inadequate, and the service is now being placed in special measures.
The regulator said it had placed the home in special measures.
CQC said it was placing the home in special measures.
Following the inspection, CQC placed the home in special measures.
An inspection in July resulted in the home being placed in special measures.
The inadequate rating meant the service was placed into special measures.
This report places the service in special measures.
The watchdog has taken the step of placing the home into special measures.
The surgery has been rated inadequate and, as a result, placed into special measures.
Following an unannounced inspection on 3 and 4 June 2025, the service has been rated as inadequate and placed in special measures.
Consequently, this service has now been placed in Special Measures by CQC.
Special measures: Ashdown House rated inadequate and placed in special measures
The home has been thrust into special measures.
The home has been made subject to special measures by CQC.
The provider's registration is under review and we have placed this service in special measures.
CQC places Bristol homecare service in special measures
CQC rates Luton care home inadequate and puts it in special measures
Given the seriousness of what we found, this service will go straight into special measures.
We have today placed Ashdown House in special measures.
Ashdown House has today been placed in special measures.
People living at Ashdown House deserve better, which is why we have placed it in special measures.
The home was rated inadequate overall, and so was placed in special measures.
We are so concerned that we have moved the service into special measures.
Rowan Court has been rated inadequate following a CQC inspection and is now being placed in special measures by the regulator.
This rating means the service will be placed into special measures.
The service has been rated inadequate overall, and placed into special measures, following a focused inspection.
After finding multiple breaches, inspectors placed the agency in special measures.
CQC inspectors put the service into special measures to protect the people living there.
The practice, which looks after 9,000 patients, has been placed in special measures.
CQC has this week moved the service into special measures.
The overall rating has fallen from requires improvement to inadequate. This means it has been put in special measures.
As a consequence of the above, the service has been placed in 'special measures'.
Therefore we are placing this service into 'special measures'.
The provider now enters special measures.
A nursing home has been put into special measures less than a year after it was rated good.
Special measures: home must improve after CQC places it in special measures
Inspectors' damning report puts Hull care home in special measures
The Old Rectory has been told it will be placed in special measures.
The care provider was issued with a warning notice and placed in special measures.
The service has therefore been rated as inadequate and will be put in special measures.
The home was downgraded from good to inadequate and placed in special measures.
These failings have resulted in the service being put in special measures.
The provider has been in breach of regulations, so we have taken the step of putting the service into special measures.
We are now placing the home under special measures.
We had no option but to put the home into special measures.
The inspection led to the service being placed in special measures.
It has gone straight into special measures.
Having found the service inadequate, we have placed it into special measures.
People were put at risk so the home has been placed in special measures.
Ivy House must make improvements now that it has been placed in special measures.
The CQC rated the service inadequate in all five areas and placed it in special measures.
Our inspectors were so concerned that the home was put straight into special measures.
This service has now been rated inadequate. It is being placed into special measures.
Due to the overall inadequate rating, special measures have been applied to the service.
The regulator has slapped special measures on the home.
Because of these concerns the surgery was forced into special measures.
CQC rates care home inadequate and places service into special measures
Kent homecare provider enters special measures
Lakeside's rating has plunged from outstanding to inadequate and it is now being put in special measures.
The service is entering special measures.
We have made the decision to put the service into special measures.
The home has once again been placed in special measures.
It has been rated inadequate for a second time and put back into special measures.
The inadequate rating triggers special measures.
"""


STILL_THERE = """
The home is set to exit special measures.
It was recommended that the hospital should exit special measures.
The provider hopes to come out of special measures soon.
Staff are working hard to get out of special measures.
The home must improve in order to leave special measures.
The provider needs to make improvements to come out of special measures.
The aim is for the home to be out of special measures by the summer.
We expect the provider to make enough improvement to come out of special measures.
The service remains in special measures.
Therefore, this service remains in special measures.
This service remains in 'Special Measures'.
The home is still in special measures.
The practice will remain in special measures.
It stays in special measures.
The home is to stay in special measures.
The service continues to be in special measures.
The agency will continue in special measures.
The service has been kept in special measures.
We have kept the home in special measures.
We are keeping the service in special measures.
Its special measures status still stands.
Special measures will continue at this service.
The special measures have been extended by six months.
We have agreed an extension of special measures.
There was insufficient improvement to lift it out of special measures.
The home had not improved enough to be taken out of special measures.
The progress made was not sufficient for it to come out of special measures.
The service has not yet come out of special measures.
The service has failed to make the progress needed to leave special measures.
It is too early to take the service out of special measures.
The provider had not made enough improvement and the service remains in special measures.
The rating stays inadequate and the home remains under special measures.
Care home to remain in special measures
The practice is staying in special measures.
The service will remain in special measures until we are satisfied that people are safe.
The service remains in special measures and if it does not improve we will begin to cancel its registration.
The home has now been in special measures for a year and remains in special measures.
The service has remained in special measures.
The service was rated inadequate again and remained in special measures.
We will keep the service in special measures.
Special measures remain in place at the home.
Despite some improvements, the location is still subject to special measures.
The home was already in special measures following a previous inspection and remains so.
As the service has been rated inadequate for a second time it stays in special measures.
It has been rated inadequate for a second consecutive time, and so remains in special measures.
Improvements weren't enough for the home to exit special measures.
The home has been told it will stay in special measures.
Inspectors found no improvement and the home was kept in special measures.
However, the service will be kept in special measures for a further six months.
The service has not made the improvements required and as such remains in special measures.
We are extending special measures for a further six months.
I have therefore decided to keep the practice in special measures.
The practice will continue to be in special measures.
There is still a rating of inadequate for well-led and so the service remains in 'special measures'.
Although safe had improved, leadership had not, so the home could not come out of special measures.
The provider remains in special measures as not enough improvement was found.
The service therefore remains in special measures, as its rating is still inadequate.
This service was in special measures at the last inspection and remains in special measures.
Although there are improvements, they are not sufficient to take the service out of special measures.
Improvement has been seen, however the service still needs to be in special measures.
Fairview must remain in special measures.
The home stays under special measures.
As safe is still rated inadequate the service will stay in special measures.
The service continues in special measures.
We have decided that the service should remain in special measures.
Not enough progress had been made for us to remove special measures.
Special measures will stay in place until the next inspection.
It is staying in special measures for another six months.
It has been rated inadequate again and continues to be under special measures.
The service was previously placed in special measures and remains in this category.
The practice has not improved enough and will continue to be in special measures.
It was still in special measures.
Inspectors returned but the home has not come out of special measures.
The practice failed to exit special measures.
The home will not be coming out of special measures yet.
The home's stay in special measures has been extended.
The service has yet to leave special measures.
This is not enough to lift special measures.
The special measures will therefore remain.
The service did not improve enough and was left in special measures.
We are not able to take the service out of special measures.
"""


TAKEN_OUT = """
Therefore, this service is no longer in Special Measures.
The service is therefore no longer in special measures.
The home has been taken out of special measures.
The home was taken out of special measures.
I am taking this service out of special measures.
We have removed the service from special measures.
The practice has been removed from special measures.
It has been lifted out of special measures.
The home has been released from special measures.
The surgery has moved out of special measures.
The hospital came out of special measures.
The home has worked its way out of special measures.
The agency has exited special measures.
The agency has left special measures.
The practice is now out of special measures.
Care home exits special measures after improvements
Nursing home out of special measures
Care home taken out of special measures
Special measures have been lifted.
CQC has lifted special measures at the home.
CQC lifts special measures on Derby surgery
The service is no longer subject to special measures.
The service is not in special measures any more.
The home no longer needs to be in special measures.
The improvements mean that the service has come out of special measures.
Staff were praised for the service's removal from special measures.
We decided to take the home out of special measures.
The service had made enough improvement to be taken out of special measures.
The provider has made sufficient improvement to exit special measures.
As a result, we are removing this service from special measures.
The service has improved to requires improvement and has therefore been taken out of special measures.
The service is no longer rated as inadequate overall or in any of the key questions, so it is no longer in special measures.
The home, which was placed in special measures in 2023, is no longer in special measures.
The overall rating has improved and the service has emerged from special measures.
This home has gone from special measures to good.
We can now take the service out of special measures.
The service has ceased to be in special measures.
The home has been brought out of special measures by a new manager.
It is out of special measures.
We found the service had made improvements and it is no longer in special measures.
The home has been rated requires improvement and is out of special measures.
The service is being taken out of special measures.
This means the service will come out of special measures.
It will be removed from special measures.
The rating for the home has moved up from inadequate to requires improvement, and as a result it's been taken out of special measures.
Therefore this service was removed from special measures.
CQC has now lifted the special measures placed on the home.
The special measures have now been removed.
The home's period in special measures has come to an end.
The service had improved enough to exit special measures.
Because of these improvements, special measures no longer apply.
CQC removed the service from special measures.
Surgery comes out of special measures
Home is no longer in special measures after new report
Following this inspection the practice has been taken out of special measures.
The service is rated requires improvement and is therefore no longer in special measures.
As a result of the improvements made, this service is no longer in special measures.
CQC has taken the home out of special measures.
Following improvements, the home has come out of special measures.
The service is now rated good and out of special measures.
The practice has been taken out of special measures following improvements.
A Devon care home has moved out of special measures.
Enough improvements had been made for the service to come out of special measures.
The provider has been able to move out of special measures.
The improvement in its rating means that the service is no longer in special measures.
The home has shaken off its special measures status.
CQC has recognised the improvements and removed the home from special measures.
We are therefore taking the service out of special measures.
I am pleased to take this practice out of special measures.
I am delighted that the practice has come out of special measures.
It's fantastic news that the home is no longer in special measures.
The service has left special measures following a positive inspection.
Following this inspection special measures have been lifted.
Good rating takes home out of special measures
Beech House lifted out of special measures
This means the service can now come out of special measures.
The care home's exit from special measures has been confirmed.
It was no longer in special measures.
The service no longer meets the threshold for special measures.
The service has been re-rated as good, bringing it out of special measures.
Its new rating of requires improvement means it leaves special measures.
The improvements have seen the home lifted out of special measures.
Residents are celebrating after their home came out of special measures.
Special measures have come to an end at the home.
Special measures at the home have ended.
CQC has ended special measures at the home.
The service is free of special measures.
We have therefore lifted the service out of special measures.
The home was able to exit special measures.
"""


SENTENCES = [
    pytest.param(sentence, state, id=f"{state.value}: {sentence}")
    for state, listed in (
        (IN, HOLDS_NOW), (ENTERED, ENTERED_WITH_THIS), (REMAINS, STILL_THERE), (LEFT, TAKEN_OUT), (NOT_STATED, HISTORY),
        (NOT_STATED, HOW_IT_WORKS), (NOT_STATED, THREATS_AND_DENIALS), (NOT_STATED, SOMEBODY_ELSES), (NOT_STATED, OTHER_TRAPS), (UNCLEAR, NEITHER),
    )
    for sentence in listed.strip().splitlines()
]  # fmt: skip
